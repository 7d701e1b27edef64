# Numbers in the order of networks, and the room that control messages take.
import _socket


def show(function, *args):
    try:
        print(function.__name__, args, function(*args))
    except Exception as error:
        print(function.__name__, args, type(error).__name__, error.args)


class Index:
    def __index__(self):
        return 5

    def __repr__(self):
        return "Index"


for number in 1, 0x1234, 65535, 65536, -1, 2**70, True, 1.5, Index():
    for function in _socket.htons, _socket.ntohs, _socket.htonl, _socket.ntohl:
        show(function, number)
for size in 0, 1, 8, 9, 2147483624, 2147483625, 2147483631, 2147483632, -1, 2**64, "1", Index():
    show(_socket.CMSG_LEN, size)
    show(_socket.CMSG_SPACE, size)
show(_socket.CMSG_LEN)
show(_socket.htons)
