# Addresses as text and as bytes, in each of the forms that C libraries know.
import _socket


def show(function, *args):
    try:
        print(function.__name__, args, function(*args))
    except Exception as error:
        print(function.__name__, args, type(error).__name__, error.args)


for text in "127.0.0.1", "127.1", "0x7f.1", "017.1", "1.2.3.4 rest", "1.2.3.256", "08.1", "1..2", "":
    show(_socket.inet_aton, text)
show(_socket.inet_aton, b"1.2.3.4")
for packed in bytes(4), bytearray(b"\1\2\3\4"), b"123", "abcd":
    show(_socket.inet_ntoa, packed)

for text in "::1", "1::8", "::ffff:1.2.3.4", "1:2:3:4:5:6:7::", "12345::", "1::2::3", ":1", "1.2.3.4":
    show(_socket.inet_pton, _socket.AF_INET6, text)
show(_socket.inet_pton, _socket.AF_INET, "1.2.3.4")
show(_socket.inet_pton, _socket.AF_INET, "01.2.3.4")
show(_socket.inet_pton, 99, "1.2.3.4")
show(_socket.inet_pton, 2)

for packed in (
    "00000000000000000000000000000000",
    "00000000000000000000ffff01020304",
    "00000000000000000000000001020304",
    "00000000000000000000000000000001",
    "20010db8000000010000000000000001",
    "00010000000200000003000000040000",
):
    show(_socket.inet_ntop, _socket.AF_INET6, bytes.fromhex(packed))
show(_socket.inet_ntop, _socket.AF_INET, b"\1\2\3\4")
show(_socket.inet_ntop, _socket.AF_INET6, b"\1\2\3\4")
show(_socket.inet_ntop, 99, b"")
