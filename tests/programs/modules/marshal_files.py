# marshal reads from a file no more than it needs, by its readinto; and writes in one piece.
import io
import marshal


class Source:
    def __init__(self, content):
        self.content = content

    def read(self, size=-1):
        print("  read", size)
        return self.content[:size]

    def readinto(self, memory):
        print("  readinto", len(memory), type(memory).__name__, memory.format, memory.readonly)
        part = self.content[: len(memory)]
        memory[: len(part)] = part
        self.content = self.content[len(part) :]
        return len(part)


def tried(function, *args):
    try:
        print("  ", function(*args))
    except Exception as error:
        print("  ", type(error).__name__, error)


value = [1, 10**20, "abc", 1.5, (2,), {3: 4}, b"abc", "é", None]
value.append(value[2])
tried(marshal.load, Source(marshal.dumps(value)))
tried(marshal.load, Source(b""))
tried(marshal.load, Source(b"i\1"))
tried(marshal.load, Source(b"?"))
tried(marshal.load, Source(b"z"))

for read in "a", bytearray(), None:

    class Reader(Source):
        def read(self, size=-1):
            return read

    tried(marshal.load, Reader(b"N"))


class Index:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        print("  index")
        return self.number


for count in 10, "a", 0, -1, 2**70, Index(1), Index(2), None:

    class Counter(Source):
        def readinto(self, memory):
            memory[0] = ord("N")
            return count

    tried(marshal.load, Counter(b"N"))


class Sink:
    def write(self, content):
        print("  write", type(content).__name__, content)
        return 7


tried(marshal.dump, [1, "a"], Sink())
tried(marshal.dump, object(), Sink())
tried(marshal.dump, 1.5, Sink(), 1)

file = io.BytesIO()
for value in 1, "two", [3.0]:
    marshal.dump(value, file)
file.seek(0)
print(marshal.load(file), marshal.load(file), marshal.load(file), file.tell())
tried(marshal.load, file)
