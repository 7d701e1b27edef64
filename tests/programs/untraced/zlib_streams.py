"""Deflated data in its wrappers, at once and part by part; what is written is read again, what CPython wrote is read."""
import zlib

DATA = b"hello hello hello" * 10


def attempt(function, *args, **keywords):
    try:
        value = function(*args, **keywords)
        print(value if not isinstance(value, bytes) or len(value) < 60 else (len(value), zlib.crc32(value)))
    except Exception as error:
        print(type(error).__name__, error)


# What zlib 1.3.1 makes of it.
WRITTEN = bytes.fromhex("789ccb48cdc9c957c840901983550000a79340d9")
for data in [b"", b"a", b"abc", bytes(range(256)), b"a" * 10000]:
    print(zlib.crc32(data), zlib.adler32(data), zlib.crc32(data, 5), zlib.adler32(data, 5), zlib.adler32(data, -1))
attempt(zlib.crc32, "x")
attempt(zlib.adler32, b"", 2 ** 40)
attempt(zlib.adler32)

attempt(zlib.decompress, WRITTEN)
for args in [
    (b"",), (b"abc",), (WRITTEN[:1],), (WRITTEN[:-1],), (WRITTEN[:5],), (WRITTEN + b"tail",), (b"x\x9d",), (b"y\x9c" + WRITTEN[2:],),
    (WRITTEN[:-4] + b"abcd",), (WRITTEN, 31), (WRITTEN, 47), (WRITTEN, 16), (WRITTEN, 8), (WRITTEN, 0), (WRITTEN, 7), (WRITTEN, 48),
    (WRITTEN, 15, 0), (WRITTEN, 15, -1), (WRITTEN, 15, 1), ("x",), (5,), (WRITTEN[2:], -15), (WRITTEN[2:-4], -16),
]:
    attempt(zlib.decompress, *args)
for keywords in [{"level": 10}, {"level": -2}, {"wbits": 7}, {"wbits": 16}, {"wbits": -8}, {"level": "x"}]:
    attempt(zlib.compress, b"x", **keywords)
for data in [b"", b"x", DATA, bytes(range(256)) * 300, b"z" * 200000]:
    for level in [-1, 0, 1, 6, 9]:
        for wbits in [15, -15, 31, 9, -9, 25]:
            reading = wbits + 32 if wbits > 0 and wbits < 16 else wbits
            if zlib.decompress(zlib.compress(data, level, wbits), reading) != data:
                print("another", level, wbits)
print(zlib.compress(DATA)[:2], zlib.compress(DATA, 1)[:2], zlib.compress(DATA, 9)[:2], zlib.compress(b"", wbits=31)[:10], zlib.compress(b""))

for args in [(10,), (1, 7), (1, 8, 99), (1, 8, 15, 99), (1, 8, 15, 8, 9)]:
    attempt(zlib.compressobj, *args)
attempt(zlib.compressobj, zdict="x")
attempt(zlib.decompressobj, 99)
writer = zlib.compressobj()
parts = [writer.compress(b"ab"), writer.flush(zlib.Z_NO_FLUSH), writer.flush(zlib.Z_SYNC_FLUSH)]
reader = zlib.decompressobj()
print(parts[0], parts[1], [reader.decompress(part) for part in parts], reader.eof)
other = writer.copy()
print([reader.decompress(writer.compress(b"cd") + writer.flush()), reader.eof, reader.unused_data])
print(zlib.decompress(b"".join(parts) + other.compress(b"ef") + other.flush()))
attempt(writer.flush)
attempt(writer.compress, b"x")
attempt(zlib.compressobj().flush, 99)
attempt(writer.copy)

reader = zlib.decompressobj()
attempt(reader.decompress, WRITTEN + b"tail")
print(reader.unused_data, reader.unconsumed_tail, reader.eof, reader.decompress(b"more"), reader.unused_data, reader.flush())
reader = zlib.decompressobj()
print(reader.decompress(WRITTEN, 5), reader.unused_data, reader.unconsumed_tail != b"", reader.eof)
print(reader.decompress(reader.unconsumed_tail, max_length=3))
copy = reader.copy()
attempt(reader.flush)
print(reader.eof, reader.unconsumed_tail, copy.eof)
attempt(copy.decompress, copy.unconsumed_tail)
attempt(reader.decompress, WRITTEN, -1)
attempt(reader.flush, 0)
reader = zlib.decompressobj()
print(b"".join(reader.decompress(WRITTEN[at:at + 1]) for at in range(len(WRITTEN))) == DATA, reader.eof, reader.decompress(b""))
reader = zlib.decompressobj(wbits=31)
attempt(reader.decompress, b"zzzz")
attempt(reader.decompress, WRITTEN)

reader = zlib._ZlibDecompressor()
print(reader.needs_input, reader.eof, reader.unused_data, reader.decompress(WRITTEN, 5), reader.needs_input, reader.eof)
print(reader.decompress(b"", 6), reader.needs_input, reader.decompress(b"tail")[-8:], reader.eof, reader.unused_data)
attempt(reader.decompress, b"")
reader = zlib._ZlibDecompressor(wbits=-15)
attempt(reader.decompress, data=WRITTEN[2:-4] + b"q", max_length=-1)
print(reader.needs_input, reader.eof, reader.unused_data)

named = bytes.fromhex("1f8b081c0000000000ff") + b"\x03\x00abc" + b"name\0" + b"comment\0"
gzipped = zlib.compress(DATA, wbits=31)
print(zlib.decompress(named + gzipped[10:], 31) == DATA)
attempt(zlib.decompress, gzipped[:-1] + b"x", 31)
attempt(zlib.decompress, gzipped[:-5] + b"xxxxx", 31)
attempt(zlib.decompress, b"\x1f\x8b\x07" + gzipped[3:], 31)
attempt(zlib.decompress, b"\x1f\x8b\x08\xff" + gzipped[4:], 31)
print(zlib.error, issubclass(zlib.error, Exception), type(zlib.compressobj()), type(zlib.decompressobj()), zlib._ZlibDecompressor)
print(zlib.MAX_WBITS, zlib.DEFLATED, zlib.Z_FINISH, zlib.DEF_BUF_SIZE)
