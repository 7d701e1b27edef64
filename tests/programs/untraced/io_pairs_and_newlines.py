"""BufferedRWPair and IncrementalNewlineDecoder."""
import _io


def attempt(function, *args):
    try:
        print(repr(function(*args)))
    except Exception as error:
        print(type(error).__name__, error, repr(error.__context__))


class Side(_io._RawIOBase):
    def __init__(self, data=None, fails=False):
        self.data, self.got, self.fails = data, b"", fails

    def readable(self):
        return self.data is not None

    def writable(self):
        return self.data is None

    def readinto(self, memory):
        part, self.data = self.data[:len(memory)], self.data[len(memory):]
        memory[:len(part)] = part
        return len(part)

    def write(self, data):
        self.got += data
        return len(data)

    def isatty(self):
        return self.data is None and self.fails

    def close(self):
        print("close", self.data)
        super().close()
        if self.fails:
            raise OSError(f"closing {self.data}")


side = Side()
pair = _io.BufferedRWPair(Side(b"one\ntwo\nthree"), side, 4)
print(pair.read(2), pair.peek(), pair.read1(1), pair.readline(), pair.write(b"ab"), side.got, pair.flush(), side.got)
memory = bytearray(4)
print(pair.readinto(memory), memory, pair.readinto1(memory), memory, list(pair), pair.readable(), pair.writable())
print(pair.seekable(), pair.isatty(), pair.closed, pair.close(), pair.closed)
attempt(pair.read)
attempt(pair.write, b"")
attempt(_io.BufferedRWPair, Side(), Side())
attempt(_io.BufferedRWPair, Side(b""), Side(b""))
attempt(_io.BufferedRWPair, Side(b""))
attempt(_io.BufferedRWPair.__new__(_io.BufferedRWPair).read)
for fails in [(True, False), (False, True), (True, True)]:
    pair = _io.BufferedRWPair(Side(b"", fails[0]), Side(None, fails[1]))
    print(pair.isatty())
    attempt(pair.close)
    print(pair.closed)


for translates in [False, True]:
    decoder = _io.IncrementalNewlineDecoder(None, translates)
    print([decoder.decode("a\r"), decoder.newlines, decoder.getstate(), decoder.decode("\nb\rc\n"), decoder.newlines])
    print([decoder.decode("x\r"), decoder.decode("", False), decoder.decode("", True), decoder.decode(input="\r", final=1)])
    print([decoder.decode("y\r"), decoder.reset(), decoder.newlines, decoder.decode("z"), decoder.setstate((b"", 1))])
    print([decoder.decode("z"), decoder.getstate(), decoder.newlines])
    for state in [(b"", 0, 1), [b"", 0], 5, (b"", "x")]:
        attempt(decoder.setstate, state)
    attempt(decoder.decode, b"bytes")
    attempt(decoder.decode, None)


class Decoder:
    def __init__(self):
        self.state = (b"", 0)

    def decode(self, data, final):
        print("decode", data, final)
        return data.decode("latin-1") if isinstance(data, bytes) else data

    def getstate(self):
        return self.state

    def setstate(self, state):
        print("setstate", state)
        self.state = state

    def reset(self):
        print("reset")


decoder = _io.IncrementalNewlineDecoder(Decoder(), True, "strict")
print([decoder.decode(b"\xe9\r"), decoder.getstate(), decoder.setstate((b"xy", 7)), decoder.getstate(), decoder.reset()])
print([decoder.decode(b"\n", True), decoder.newlines])
attempt(decoder.decode, 5)
for text in ["plain", "line\n", ""]:
    print(_io.IncrementalNewlineDecoder(None, True).decode(text) is text)
attempt(_io.IncrementalNewlineDecoder, None)
attempt(_io.IncrementalNewlineDecoder.__new__(_io.IncrementalNewlineDecoder).decode, "")


class Own(_io.IncrementalNewlineDecoder):
    pass


print(Own(decoder=None, translate=True).decode("a\r\nb"), vars(Own(None, False)))
