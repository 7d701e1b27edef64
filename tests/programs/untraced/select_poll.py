# Waiting for several files by `select.poll`.
import posix
import select


def show(function, *args):
    try:
        print(function.__name__, args, function(*args))
    except Exception as error:
        print(function.__name__, args, type(error).__name__, error.args)


class File:
    def __init__(self, number):
        self.number = number

    def fileno(self):
        return self.number

    def __repr__(self):
        return f"File({self.number})"


reader, writer = posix.pipe()
files = select.poll()
show(files.register, reader, select.POLLIN)
show(files.register, File(writer))
show(files.poll)
posix.write(writer, b"x")
show(files.poll, 0)
show(files.modify, writer, select.POLLPRI)
show(files.poll, 1.5)
for wrong in "a", -1, 1.5, File("a"), File(-1), 2**40:
    show(files.register, wrong)
show(files.register, reader, -1)
show(files.register, reader, 65536)
show(files.modify, 99, 1)
show(files.unregister, 99)
show(files.poll, "a")
show(files.poll, 2**40)
posix.close(reader)
show(files.poll)
show(files.unregister, reader)
posix.close(writer)
empty = select.poll()
show(empty.poll, 1)
