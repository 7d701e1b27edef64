# What BytesIO and StringIO are copied and pickled by, and the sizes that their methods take.
from io import BytesIO, StringIO


def tell(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


class Two:
    def __index__(self):
        print("__index__", end=" ")
        return 2


class Closing:
    def __init__(self, file):
        self.file = file

    def __index__(self):
        self.file.close()
        return 2


class Mine(BytesIO):
    pass


raw, text = BytesIO(b"hello"), StringIO("he\r\nllo\n", newline=None)
raw.read(2)
text.read(3)
tell(raw.__getstate__)
tell(text.__getstate__)
for newline in ("", "\n", "\r\n"):
    tell(StringIO("a\nb", newline=newline).__getstate__)
raw.x, text.y = 1, [2]
mine = Mine(b"xyz")
mine.seek(1)
mine.a = "1"
for file in (raw, text, mine):
    for protocol in (0, 1, 2, 4):
        try:
            maker, *parts = file.__reduce_ex__(protocol)
            print(protocol, maker.__name__, parts)
        except TypeError as error:
            print(protocol, error)

print("states that do not fit, and what is left of the file")
states = [
    (), (b"a", 1), (b"a", 1, None), (b"a", -1, None), (b"a", "x", None), ("a", 1, None), (b"abc", 9, {"z": 3}),
    (b"a", 1, 5), [b"a", 1, None], (bytearray(b"q"), 0, None, 1), 5, None, (b"a", 10**30, None), (b"a", True, {1: 2}),
    (b"abc", Two(), None),
]
for state in states:
    file = BytesIO(b"old")
    file.keep = 1
    tell(file.__setstate__, state)
    print(file.getvalue(), file.tell(), file.__dict__)
states = [
    (), ("a", "\n", 1), ("a", "\n", 1, None), ("a", "\n", -1, None), ("a\nb\r\n", None, 2, None), ("a", "z", 1, None),
    (b"a", "\n", 1, None), ("abc", "\r\n", 9, {"z": 3}), ("a\nb", "\r\n", 1, 5), ["a", "\n", 1, None],
    ("a\nb", "", 0, None, 1), 5, ("a", "\n", "x", None), (None, None, 0, None), ("a", 5, 0, None),
    ("a\r\nb", "\r\n", 2, None), ("a", "\n", 10**30, None), ("a", "\n", True, {1: 2}),
]
for state in states:
    file = StringIO("old")
    file.keep = 1
    tell(file.__setstate__, state)
    print(repr(file.getvalue()), file.tell(), file.__dict__, repr(file.newlines))
for file, state in ((BytesIO(), (b"a", 0, None)), (StringIO(), ("a", "\n", 0, None))):
    file.close()
    tell(file.__getstate__)
    tell(file.__setstate__, state)
    print(file.closed)
file = BytesIO(b"abc")
view = file.getbuffer()
tell(file.__setstate__, (b"a", 0, None))
tell(file.__getstate__)
view.release()
with open("/dev/null") as file:
    for part in (file, file.buffer, file.buffer.raw):
        tell(part.__reduce_ex__, 2)

print("sizes")
for name in ("read", "read1", "readline", "readlines", "seek", "truncate"):
    for file in (BytesIO(b"a\nbcdef"), StringIO("a\nbcdef")):
        if hasattr(file, name):
            for size in (Two(), 1.5, "a", None, -1, 10**30, -(10**30)):
                file.seek(0)
                print(name, type(file).__name__, end=" ")
                tell(getattr(file, name), size)
for make in (lambda: BytesIO(b"abc"), lambda: StringIO("abc")):
    for name in ("read", "seek", "truncate"):
        file = make()
        tell(getattr(file, name), Closing(file))
tell(BytesIO(b"abc").seek, Two(), Two())
with open("/dev/null", "rb") as binary, open("/dev/null") as text:
    for file, name in ((binary, "read1"), (binary, "peek"), (text, "readline")):
        for size in (Two(), "a", None, 10**30):
            print(name, end=" ")
            tell(getattr(file, name), size)
file = BytesIO(b"abc")
tell(file.__init__, 5)
print(file.getvalue())
for method in (BytesIO().getbuffer, BytesIO().read):
    print(type(method).__mro__, method.__qualname__, method.__name__)
