# The same by three lists of files.
import posix
import select


def show(*args):
    try:
        print(args, select.select(*args))
    except Exception as error:
        print(args, type(error).__name__, error.args)


class File:
    def __init__(self, number):
        self.number = number

    def fileno(self):
        return self.number

    def __repr__(self):
        return f"File({self.number})"


reader, writer = posix.pipe()
show([], [], [], 0)
show([reader], [writer], [], None)
show((reader,), {File(writer)}, [], 0)
show([reader, reader], [], [], 0.001)
posix.write(writer, b"x")
show([reader, File(reader)], [File(writer), writer], [reader], 0)
show(1, [], [])
show([], [], 1, 0)
show(["a"], [], [], 0)
show([File(1.5)], [], [], 0)
show([-1], [], [], 0)
show([99], [], [], 0)
show([2000], [], [], 0)
show([], [], [], -1)
show([], [], [], "a")
show([], [], [], float("nan"))
show([], [])
posix.close(writer)
show([reader], [], [], 0)
posix.close(reader)
