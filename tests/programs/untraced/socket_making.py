# The arguments that a socket is made with, and classes derived from the type.
import _socket


class Named(_socket.socket):
    __slots__ = ("name",)


def show(*args, **keywords):
    try:
        socket = _socket.socket(*args, **keywords)
    except Exception as error:
        print(args, keywords, type(error).__name__, error.args)
    else:
        print(args, keywords, socket)
        socket.close()


show()
show(_socket.AF_UNIX, _socket.SOCK_DGRAM)
show(_socket.AF_INET, _socket.SOCK_STREAM | _socket.SOCK_NONBLOCK)
show(99)
show(_socket.AF_INET, 77)
show("a")
show(2**40)
show(fileno=-5)
show(fileno=99)
show(fileno=1.5)
show(1, 2, 3, 4, 5)
show(nothing=1)

made = Named(_socket.AF_UNIX)
made.name = "mine"
print(made.name, made.family, made.getsockname() == "")
copy = _socket.socket(fileno=_socket.dup(made.fileno()))
print(copy, copy.fileno() - made.fileno())
made.close()
copy.close()

print(_socket.error, _socket.timeout, _socket.SocketType, _socket.has_ipv6)
print(_socket.gaierror.__mro__, _socket.gaierror(-2, "no name"), _socket.herror(1, "a").errno)
for name in "bind", "listen", "nothing":
    print(name, hasattr(made, name))
