"""A decoder that a program registers is given a memoryview of the bytes, which tells of no owner."""

import _codecs

seen = []


def decode(data, errors="strict"):
    seen.append((type(data).__name__, bytes(data), errors, len(data)))
    if isinstance(data, memoryview):
        seen.append((data.obj, data.readonly, data.format))
    try:
        array.clear()
    except BufferError as error:
        seen.append(str(error))
    return bytes(data).decode("ascii")[::-1], len(data)


def find(name):
    if name == "mine":
        return (None, decode, None, None)


_codecs.register(find)
array = bytearray()
print(b"abc".decode("mine"), seen)
seen.clear()
print(str(b"abc", "mine", "other"), seen)
seen.clear()
print(str(memoryview(b"abcd")[1:3], "mine"), seen)
seen.clear()
print(_codecs.decode(b"abc", "mine"), seen)
seen.clear()
print(repr(b"".decode("mine")), seen)
array = bytearray(b"xyz")
print(array.decode("mine"), seen, array)
