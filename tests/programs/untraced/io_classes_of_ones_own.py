"""Files whose methods are written in Python: what the classes of _io make of them, alone and with buffers before them."""
import _io
import posix

NAME = __file__ + ".scratch"


def attempt(function, *args):
    try:
        print(repr(function(*args)).replace(NAME, "{name}"))
    except Exception as error:
        print(type(error).__name__, str(error).replace(NAME, "{name}"), repr(error.__context__))


class Source(_io._RawIOBase):
    def __init__(self, data, step=3, seeks=False):
        self.data, self.at, self.step, self.seeks = data, 0, step, seeks

    def readable(self):
        print("readable")
        return True

    def seekable(self):
        print("seekable")
        return self.seeks

    def seek(self, offset, whence=0):
        print("seek", offset, whence)
        self.at = offset + (0, self.at, len(self.data))[whence]
        return self.at

    def readinto(self, memory):
        count = min(len(memory), self.step, len(self.data) - self.at)
        print("readinto", type(memory).__name__, len(memory), count)
        memory[:count] = self.data[self.at:self.at + count]
        self.at += count
        return count

    def close(self):
        print("close")
        super().close()


class Drain(_io._RawIOBase):
    def __init__(self, most=4):
        self.most, self.got = most, b""

    def writable(self):
        return True

    def write(self, data):
        print("write", type(data).__name__, bytes(data))
        if self.most is None:
            return None
        count = min(self.most, len(data))
        self.got += data[:count]
        return count


# The classes alone.
source = Source(b"abcdefg\nhij\nk")
print(source.read(2), source.readline(), source.readline(2), source.read(0), source.readlines(), source.read())
print([*Source(b"a\nb")], source.closed, source.isatty(), source.readable(), source.writable(), source.flush())
for name, args in [
    ("fileno", ()), ("truncate", ()), ("tell", ()), ("write", (b"",)), ("_checkReadable", ()), ("_checkWritable", ()),
    ("_checkSeekable", ()), ("_checkClosed", ()), ("readline", ("x",)),
]:
    print(name, end=": ")
    attempt(getattr(source, name), *args)
with source as same:
    print(same is source)
print(source.closed, vars(source)["__IOBase_closed"], source.close())
for name in ["read", "flush", "isatty", "__enter__", "__iter__", "_checkClosed", "readlines"]:
    print(name, end=": ")
    attempt(getattr(source, name))
attempt(source.writelines, [b"a"])

METHODS = [
    ("read", ()), ("read1", (1,)), ("readinto", (bytearray(2),)), ("readinto1", (bytearray(2),)), ("write", ("",)),
    ("readline", ()), ("readall", ()), ("detach", ()), ("seek", (0,)), ("tell", ()), ("truncate", ()), ("fileno", ()),
    ("isatty", ()), ("flush", ()), ("readlines", ()), ("writelines", ([],)), ("seekable", ()), ("close", ()),
]
for kind in [_io._IOBase, _io._RawIOBase, _io._BufferedIOBase, _io._TextIOBase]:
    plain = type("Plain", (kind,), {})()
    print(kind, {name for name in ["encoding", "errors", "newlines", "closed"] if getattr(plain, name, 1) != 1} == set())
    for name, args in METHODS:
        print(name, end=": ")
        attempt(getattr(plain, name, None), *args) if hasattr(plain, name) else print("none")


class Lines(_io._TextIOBase):
    def __init__(self, *lines):
        self.lines = list(lines)

    def readline(self):
        return self.lines.pop(0) if self.lines else ""

    def write(self, text):
        self.lines.append(text)


lines = Lines("a\n", "b\n", "c\n")
print(next(lines), lines.readlines(2), lines.writelines(text for text in "xy"), lines.lines, list(lines))


class Peeking(_io._BufferedIOBase):
    def __init__(self, data):
        self.data = data

    def peek(self, size):
        print("peek", size)
        return self.data[:5]

    def read(self, size=-1):
        print("read", size)
        got, self.data = self.data[:size], self.data[size:]
        return got

    read1 = read


peeking = Peeking(b"one\ntwo and three\nfour")
print(peeking.readline(), peeking.readline(7), peeking.readline())
memory = bytearray(6)
print(peeking.readinto(memory), memory, peeking.readinto1(memory), memory)

# Buffers before a source.
reader = _io.BufferedReader(Source(b"line one\nline two\nx" * 2), 8)
print(repr(reader), reader.readline(), reader.peek(), reader.read(2), reader.read1(), reader.read1(3), reader.read(20))
print(reader.readinto(memory), memory, reader.readinto1(memory), memory, reader.raw.at)
attempt(reader.tell)
attempt(reader.seek, 0)
print(reader.readlines(), reader.read(), reader.read(1), reader.closed, reader.readable(), reader.seekable())
attempt(reader.write, b"") if hasattr(reader, "write") else print("no write")
print(reader.close(), reader.closed)
for name, args in [("read", ()), ("peek", ()), ("readline", ()), ("seek", (0,)), ("readinto", (memory,)), ("read1", ())]:
    attempt(getattr(reader, name), *args)
reader = _io.BufferedReader(Source(bytes(range(48, 78)), 30, True), 10)
print(reader.read(4), reader.tell(), reader.seek(2), reader.read(2), reader.seek(3, 1), reader.read(1), reader.seek(-2, 2))
print(reader.read(), reader.seek(1), reader.read(25), reader.detach().data[:3])
attempt(reader.read)
attempt(lambda: reader.raw)
attempt(repr, reader)
attempt(_io.BufferedReader, Drain())
attempt(_io.BufferedWriter, Source(b""))
attempt(_io.BufferedReader, Source(b""), 0)
attempt(_io.BufferedReader.__new__(_io.BufferedReader).read)

writer = _io.BufferedWriter(Drain(), 6)
print(writer.write(b"abc"), writer.write(b"defgh"), writer.write(b"0123456789012"), writer.raw.got)
print(writer.flush(), writer.raw.got, writer.write(b"zz"), writer.writelines([b"1", b"2"]))
drain = writer.raw
del writer
print(drain.got, drain.closed)
writer = _io.BufferedWriter(Drain(None), 4)
print(writer.write(b"abc"))
attempt(writer.flush)
attempt(writer.close)
print(writer.closed)


class Wrong(Source):
    def readinto(self, memory):
        return self.step


for step in [None, -1, 100, "x"]:
    attempt(_io.BufferedReader(Wrong(b"", step), 8).read, 3)
    attempt(Wrong(b"", step).read, 3)

text = _io.TextIOWrapper(_io.BufferedReader(Source("häl\r\nlo".encode(), 1000)), encoding="utf-8")
print([text.readline(), text.read()], text)
del text


# Classes derived from files of the operating system.
class Own(_io.FileIO):
    def read(self, size=-1):
        print("read", size)
        return super().read(size)

    def close(self):
        print("close", self.name.replace(NAME, "{name}"))
        super().close()


class OwnReader(_io.BufferedReader):
    def readline(self, *args):
        return b"<" + super().readline(*args) + b">" if self.peek(1) else b""


with _io.open(NAME, "wb") as file:
    file.write(b"one\ntwo\nthree\n")
with Own(NAME) as own:
    print(repr(own).replace(NAME, "{name}"), own.readline(4), own.readall(), own.closefd, own.mode, own.tell(), own.seek(0))
    reader = OwnReader(own, 5)
    print([*reader], reader.seek(4), reader.read(2), reader.tell(), repr(reader).replace(NAME, "{name}"), reader.mode)
    own.name = "other"
    print(own, reader.name, reader.fileno() == own.fileno(), reader.isatty())
    del reader
attempt(Own, NAME, "q")
attempt(Own, NAME + ".none")
own = Own.__new__(Own)
print(own.closed, own)
attempt(own.read)
reader = OwnReader(_io.FileIO(NAME))
print(reader.readlines(6), reader.close(), reader.raw.closed)
file = _io.open(NAME)
print(file.readlines(4), file.readlines(-1))
del own, file, reader


class Failing(_io.BytesIO):
    def close(self):
        print("close")
        super().close()


Failing(b"x")
posix.unlink(NAME)
