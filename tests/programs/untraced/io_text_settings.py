# The size of the chunks of a text, encodings that are none of text, marks behind the beginning, what is not pickled.
import _io as io


def tell(action):
    try:
        print(action())
    except (ValueError, TypeError, AttributeError, LookupError, OSError) as error:
        print(type(error).__name__, error)


class Reader(io._RawIOBase):
    def __init__(self):
        self.parts = [b"abc", b"de", b"fgh", b"jkl"]

    def readable(self):
        return True

    def readinto(self, memory):
        if not self.parts:
            return 0
        part = self.parts.pop(0)
        memory[: len(part)] = part
        print("  read at most", len(memory))
        return len(part)


class Text(io.TextIOWrapper):
    pass


text = Text(io.BytesIO(b"some text"))
for size in [0, -1, "a", None, 10**30, True, 4]:
    tell(lambda: setattr(text, "_CHUNK_SIZE", size))
tell(lambda: delattr(text, "_CHUNK_SIZE"))
print(text._CHUNK_SIZE, text.read(1), text.buffer.tell())

print(text)
for name in ["hex", "rot13", "base64", "zlib_codec"]:
    tell(lambda: io.TextIOWrapper(io.BytesIO(), encoding=name))

kept = io.BytesIO()
text = io.TextIOWrapper(kept, encoding="ascii", newline="\n")
text.write("foo\n")
text.reconfigure(encoding="utf-8-sig")
text.write("\xe9\n")
text.flush()
print(kept.getvalue())
text.reconfigure(encoding="utf-16")
text.write("e")
text.flush()
print(kept.getvalue())
kept = io.BytesIO()
text = io.TextIOWrapper(kept, newline="\n")
text.reconfigure(encoding="utf-8-sig")
text.write("e")
text.flush()
print(kept.getvalue())

for make, size in [("readinto1", 20), ("readinto1", 11), ("readinto1", 8), ("readinto", 8), ("readinto", 20)]:
    buffered = io.BufferedReader(Reader(), 10)
    print(buffered.peek(3))
    memory = bytearray(size)
    print(make, size, getattr(buffered, make)(memory), memory)

for file in [io.BufferedReader(io.BytesIO()), Text(io.BytesIO()), io.BufferedWriter(io.BytesIO())]:
    tell(lambda: file.__reduce_ex__(0))
    tell(lambda: file.__reduce__())


class WithState(io.BufferedReader):
    def __getstate__(self):
        return "state"


for protocol in range(3):
    print([str(part) for part in WithState(io.BytesIO()).__reduce_ex__(protocol)[1:3]])
