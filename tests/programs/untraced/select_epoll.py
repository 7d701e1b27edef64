# The same by a list of the operating system.
import _socket
import select


def show(function, *args, **keywords):
    try:
        print(function.__name__, args, keywords, function(*args, **keywords))
    except Exception as error:
        print(function.__name__, args, keywords, type(error).__name__, error.args)


one, other = _socket.socketpair()
files = select.epoll()
print(files.closed, files.fileno() - other.fileno())
show(files.register, fd=one.fileno(), eventmask=select.EPOLLIN)
show(files.register, one.fileno())
show(files.poll, 0)
show(files.poll, 0.001)
other.send(b"x")
show(files.poll)
show(files.modify, one.fileno(), select.EPOLLIN | select.EPOLLOUT)
show(files.poll, 1, 1)
show(files.poll, timeout=None, maxevents=5)
show(files.poll, 0, 0)
show(files.poll, "a")
show(files.register, -1)
show(files.register, 99)
show(files.modify, 99, 1)
show(files.unregister, 99)
other.close()
show(files.poll)
show(files.unregister, one.fileno())
one.close()
with files as same:
    print(same is files, files.closed)
print(files.closed)
show(files.poll)
show(files.fileno)
show(files.close)
show(select.epoll, 0)
show(select.epoll, 1, 2)
