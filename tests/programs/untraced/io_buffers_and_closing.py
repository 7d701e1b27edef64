# How buffers read and write by turns, and what closing does where flushing raises.
import _io


def tell(function, *args, **kwargs):
    try:
        print(function.__name__, args, kwargs, repr(function(*args, **kwargs)))
    except Exception as error:
        print(function.__name__, args, kwargs, type(error).__name__, error)


class Raw(_io._RawIOBase):
    def __init__(self, *reads):
        self.reads = list(reads)
        self.asked = 0

    def readable(self):
        return True

    def readinto(self, memory):
        self.asked += 1
        if not self.reads:
            return 0
        part = self.reads.pop(0)
        if len(part) > len(memory):
            self.reads.insert(0, part[len(memory):])
            part = part[: len(memory)]
        memory[: len(part)] = part
        return len(part)


print("reading")
reader = _io.BufferedReader(Raw(b"abc", b"d", b"efg"))
for size in (-2, 6, -1, 1):
    tell(reader.read, size)
for length, buffer_size, method in ((5, 10, "readinto1"), (2, 10, "readinto1"), (7, 2, "readinto1"), (7, 3, "readinto")):
    raw = Raw(b"abc", b"de", b"fgh", b"jkl")
    reader, memory = _io.BufferedReader(raw, buffer_size), bytearray(length)
    for _ in range(7):
        print(getattr(reader, method)(memory), raw.asked, memory)

print("reading and writing by turns")
raw = _io.BytesIO(b"abcdefgh")
both = _io.BufferedRandom(raw, 4)
print(both.read(1), both.write(b"1"), both.read(1), both.write(b"2"), both.flush(), raw.getvalue())
raw = _io.BytesIO(b"abcdefgh")
both = _io.BufferedRandom(raw, 100)
print(both.write(b"1"), both.read1(), both.tell(), both.seek(0), both.read1(2), both.write(b"2"), both.read1(1))
print(both.flush(), raw.getvalue())
raw = _io.BytesIO(b"ab\ncd\nef")
both = _io.BufferedRandom(raw, 100)
print(both.write(b"1"), both.readline(), both.write(b"2"), both.readline(), both.flush(), raw.getvalue())
raw = _io.BytesIO(b"A" * 10)
both = _io.BufferedRandom(raw, 100)
print(both.write(b"1"), both.truncate(), both.tell(), raw.getvalue())
print(both.seek(0, 2), both.write(b"zz"), both.seek(1), both.read(), raw.getvalue())

print("closed and refused")
for arguments in (("wb", 0), ("wb",), ("w",)):
    file = open("/dev/null", *arguments)
    file.close()
    file.close()
    tell(file.flush)
tell(open, "/dev/null", "w", buffering=0)
tell(_io.FileIO, True, "wb", False)
with open("/dev/null", "rb", buffering=0) as file:
    tell(file.truncate, 1.5)
class Place:
    def __index__(self):
        return 0

    def __repr__(self):
        return "a place"


for buffering in (0, -1):
    with open("/dev/null", "rb", buffering) as file:
        for place in (Place(), 1.5, None, 10**30, -(10**30)):
            tell(file.seek, place)
        tell(file.seek, 0, Place())
        tell(file.seek, 0, 2**40)
with open("/dev/null", "wb", buffering=1) as file:
    tell(file.truncate, 1.5)


def refuse():
    raise OSError("no flush")


print("closing")
for arguments in (("wb", 0), ("wb",), ("w",), ("r",)):
    file = open("/dev/null", *arguments)
    file.flush = refuse
    tell(file.close)
    print(file.closed)
done = []


class Mine(_io.FileIO):
    def __del__(self):
        done.append("del")

    def close(self):
        done.append("close")
        super().close()

    def flush(self):
        done.append("flush")
        super().flush()


file = Mine("/dev/null", "wb")
file.close()
print(done)
file.close()
print(done)
del file
print(done)
