# How long sockets wait: for ever, not at all, or so many seconds.
import _socket


def show(function, *args):
    try:
        print(function.__name__, args, function(*args))
    except Exception as error:
        print(function.__name__, args, type(error).__name__, error.args)


one, other = _socket.socketpair()
show(one.gettimeout)
show(one.getblocking)
show(one.settimeout, 2)
print(one.timeout)
show(one.settimeout, 0.001)
show(one.recv, 1)
show(one.setblocking, False)
show(one.gettimeout)
show(one.recv, 1)
show(one.setblocking, "yes")
show(one.gettimeout)
for wrong in -1, -1e-10, float("nan"), 1e300, 2**70, "1":
    show(one.settimeout, wrong)

# A full pair takes nothing more.
one.setblocking(False)
sent = 0
try:
    while True:
        sent += one.send(bytes(65536))
except BlockingIOError as error:
    print(sent > 65536, error.errno)

show(_socket.getdefaulttimeout)
show(_socket.setdefaulttimeout, 1.5)
show(_socket.getdefaulttimeout)
with_default = _socket.socket()
print(with_default.timeout, with_default.getblocking())
show(_socket.setdefaulttimeout, None)
for socket in one, other, with_default:
    socket.close()
show(one.settimeout, 1)
print(one.timeout)
