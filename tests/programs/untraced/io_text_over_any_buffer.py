"""A text over bytes in memory, and over buffers written in Python; taken apart, configured anew, made twice."""
import _io
import posix
import sys

NAME = __file__ + ".scratch"


def attempt(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)).replace(NAME, "{name}"))
    except Exception as error:
        print(type(error).__name__, str(error).replace(NAME, "{name}"), repr(error.__context__))


# Over bytes in memory.
bytes_io = _io.BytesIO()
text = _io.TextIOWrapper(bytes_io, encoding="utf-8", newline="\r\n")
print(text.write("größe\n"), bytes_io.getvalue(), text.flush(), bytes_io.getvalue())
print([text.tell(), text.seek(0), text.read(2), text.read(), text.newlines, text.tell()])
print(text.readable(), text.writable(), text.seekable(), text.closed, text.encoding, text.errors)
attempt(text.fileno)
attempt(lambda: text.name)
attempt(lambda: text.mode)
print(text.isatty(), text, text.buffer is bytes_io, text._CHUNK_SIZE, text.write_through, text.line_buffering)
print(text.seek(0, 2), text.writelines(["a\n", "b"]), text.seek(0), text.readlines(), text.truncate(4), bytes_io.getvalue())
text.seek(0)
print([next(text)])
attempt(text.tell)
print(list(text), text.close(), bytes_io.closed, text.closed)
attempt(text.read)
attempt(text.write, "x")
attempt(text.flush)
attempt(text.__enter__)

for encoding, data in [("utf-8", b"a\r\nb\rc\n"), ("latin-1", b"\xe9\n"), ("utf-16", "ab\n".encode("utf-16"))]:
    for newline in [None, "", "\n", "\r"]:
        text = _io.TextIOWrapper(_io.BytesIO(data), encoding, newline=newline)
        print([encoding, newline, text.readline(), text.readline(1), text.readlines(), text.newlines])
text = _io.TextIOWrapper(_io.BytesIO(b"\xff"), "utf-8")
attempt(text.read)
text = _io.TextIOWrapper(_io.BytesIO(), "ascii", "replace", write_through=True)
text.write("é")
print(text.buffer.getvalue(), text.write_through)
text = _io.TextIOWrapper(_io.BytesIO(), "ascii", line_buffering=True)
print(text.write("one"), text.buffer.getvalue(), text.write(" line\n"), text.buffer.getvalue())
text = _io.TextIOWrapper(_io.BytesIO(), "ascii")
print(text.write("x" * 9000), len(text.buffer.getvalue()), text.write("y"), len(text.buffer.getvalue()))
text = _io.TextIOWrapper(_io.BytesIO(b"start"), "utf-16")
text.seek(0, 2)
print(text.write("x"), text.flush(), text.buffer.getvalue())

# Over buffers in Python.
class Buffer:
    closed = False

    def __init__(self, *chunks):
        self.chunks = list(chunks)

    def readable(self):
        print("  readable")
        return [1]

    def writable(self):
        print("  writable")
        return True

    def seekable(self):
        print("  seekable")
        return False

    def read(self, size=-1):
        print("  read", size)
        return self.chunks.pop(0)

    def write(self, data):
        print("  write", type(data).__name__, data)
        return len(data)

    def flush(self):
        print("  flush")

    def close(self):
        print("  close")
        self.closed = True


text = _io.TextIOWrapper(Buffer(b"ab\nc", b"d\n", b"", b"all"))
print(text.readline(), text.readline(), text.readline(), text.read())
print(text.write("written"), text.flush(), text.write("more"), text.close(), text.close())
text = _io.TextIOWrapper(Buffer("text", None, "all"))
attempt(text.read, 1)
attempt(text.read, 1)
attempt(text.read)
attempt(text.seek, 0)
attempt(text.tell)
attempt(text.fileno)
attempt(text.truncate)
print(text)
text.buffer.name = "a name"
print(text, text.name)
text.mode = "a mode"
print(text, text.mode)
del text


class Failing(Buffer):
    read1 = None

    def flush(self):
        raise OSError("flush")

    def close(self):
        super().close()
        raise ValueError("close")


text = _io.TextIOWrapper(Failing())
attempt(text.flush)
attempt(text.close)
attempt(text.close)
attempt(_io.TextIOWrapper, 3)
attempt(_io.TextIOWrapper, Buffer(), encoding=3)
attempt(_io.TextIOWrapper, Buffer(), newline="x")
attempt(_io.TextIOWrapper, Buffer(), encoding="nope")


class Derived(_io.TextIOWrapper):
    pass


text = Derived(_io.BytesIO(b"derived"), "ascii")
text.attribute = 1
print(text.read(), text.attribute, type(text).__mro__[1])

# Taken apart, configured anew, made twice.
text = _io.TextIOWrapper(_io.BytesIO(b"abc"), "ascii")
print(text.write("de"), text.detach().getvalue())
for method in ["read", "flush", "close", "detach", "seekable"]:
    attempt(getattr(text, method))
attempt(lambda: text.closed)
attempt(lambda: text.buffer)
print(text.encoding)
attempt(repr, text)
text.__init__(_io.BytesIO(b"again"), "latin-1")
print(text.read(), text.encoding)
attempt(text.__init__, _io.BytesIO(), newline="x")
attempt(text.read)
bare = _io.TextIOWrapper.__new__(_io.TextIOWrapper)
attempt(bare.read)
attempt(bare.detach)
text = _io.TextIOWrapper(_io.BytesIO(), "ascii")
text.write("a")
text.reconfigure(encoding="utf-16-le", newline="\r\n")
text.write("b\n")
text.reconfigure(errors="ignore", line_buffering=True, write_through=1)
print(text.encoding, text.errors, text.line_buffering, text.write_through, text.write("\udc00\n"), text.buffer.getvalue())
text.reconfigure(line_buffering=None, write_through=None, newline=None)
print(text.line_buffering, text.write_through)
attempt(text.reconfigure, 3)
attempt(text.reconfigure, errors=3)
attempt(text.reconfigure, encoding="nope")
attempt(text.reconfigure, newline="x")
text = _io.TextIOWrapper(_io.BytesIO(b"abc"), "ascii")
text.read(1)
attempt(text.reconfigure, encoding="utf-8")
attempt(text.reconfigure, newline="\n")
attempt(text.reconfigure, line_buffering=True)

# Files of the operating system, layer by layer.
raw = _io.FileIO(NAME, "w+")
print(raw.mode, raw.write(b"raw\n"), raw.closefd)
buffer = _io.BufferedRandom(raw, 5)
print(buffer.write(b"buffered\n"), buffer.seek(0), buffer.readlines(), buffer.raw is raw)
text = _io.TextIOWrapper(buffer)
print(text.write("text\n"), text.seek(0), text.read())
print(text.detach() is buffer, buffer.detach() is raw, raw.seek(0), raw.readall())
attempt(buffer.read)
raw.close()
attempt(_io.FileIO, NAME, "rw")
attempt(_io.FileIO, NAME, "rt")
attempt(_io.FileIO, NAME + "/none")
attempt(_io.BufferedReader, _io.FileIO(NAME, "a"))
attempt(_io.BufferedWriter, _io.FileIO(NAME))
attempt(_io.BufferedWriter, _io.FileIO(NAME, "a"), 0)
attempt(lambda: _io.open_code(NAME).read())
attempt(_io.open_code, 3)
print(_io.text_encoding("x"), _io.text_encoding(None), _io.text_encoding(None, 3))


def opener(path, flags):
    print(path == NAME, flags == posix.O_WRONLY | posix.O_CREAT | posix.O_TRUNC | posix.O_CLOEXEC)
    return posix.open(path, flags)


with open(NAME, "w", opener=opener) as file:
    print(file.name == NAME, file.write("opened"))
print(open(NAME).read())
attempt(open, NAME, opener=lambda path, flags: -1)
attempt(open, NAME, opener=lambda path, flags: None)
posix.unlink(NAME)

# What nobody holds any more is closed.
class Refusing(Buffer):
    def close(self):
        raise ValueError("not closed")


class Unfinished:
    readable = writable = seekable = lambda self: True
    tell = lambda self: 0


bytes_io = _io.BytesIO()
text = _io.TextIOWrapper(bytes_io)
text.write("kept back")
del text
print(bytes_io.closed)
text = _io.TextIOWrapper(Refusing())
text.write("kept back")
del text
text = _io.TextIOWrapper(Unfinished())
attempt(text.write, "x")
del text
bytes_io = _io.BytesIO()
_io.TextIOWrapper(bytes_io).detach()
print(bytes_io.closed)

# The standard streams are such files.
print(sys.stdout.buffer is sys.stdout.buffer, sys.stdin, sys.stderr.errors, sys.stdin.buffer.raw)
sys.stdout.flush()
sys.stdout.buffer.write(b"bytes \xc3\xa9\n")
sys.stdout.buffer.flush()
again = _io.TextIOWrapper(sys.stdout.detach(), "utf-8", newline="\n")
print("written by another", file=again, flush=True)
sys.stdout = again
print("printed by another")
