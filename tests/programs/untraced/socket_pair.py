# Two sockets that are connected: what one sends, the other receives.
import _socket


def show(function, *args):
    try:
        print(function.__name__, args, function(*args))
    except Exception as error:
        print(function.__name__, args, type(error).__name__, error.args)


one, other = _socket.socketpair()
print(one)
print(other.family, other.type, other.proto, other.timeout, other.fileno())
show(one.send, b"hello")
show(other.recv, 3)
show(other.recv, 2, _socket.MSG_PEEK)
show(other.recv, 10)
show(other.recv, 0)
show(other.recv, -1)
show(other.recv, "1")
show(other.recv)
show(one.send, "text")

room = bytearray(8)
show(one.sendall, bytearray(b"12345678"))
show(other.recv_into, room, 3)
print(other.recv_into(memoryview(room)[3:]))
show(other.recv_into, b"const")
show(other.recv_into, room, 9)
show(one.sendall, b"")
show(one.send, b"last")
show(other.recvfrom, 10)

show(one.getsockname)
show(one.getpeername)
show(one.shutdown, _socket.SHUT_WR)
show(other.recv, 1)
show(one.send, b"x")
show(other.close)
show(one.recv, 1)
show(other.recv, 1)
print(other)
number = one.detach()
show(one.fileno)
show(one.detach)
show(_socket.close, number)
show(_socket.close, number)
