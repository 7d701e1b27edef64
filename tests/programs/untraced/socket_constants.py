# Every number that `_socket` has.
import _socket

for name, value in vars(_socket).items():
    if type(value) is int:
        print(name, value)
