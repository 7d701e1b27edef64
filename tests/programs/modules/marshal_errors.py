# What marshal refuses, and in which words.
import marshal


def tried(function, *args, **names):
    try:
        print("  ", function(*args, **names))
    except Exception as error:
        print("  ", type(error).__name__, error)


WRONG = [
    b"", b"(", b"i", b"i\1\0", b"l\1\0", b"l\1\0\0\0", b"l\1\0\0\0\0\0", b"l\2\0\0\0\0\x80\1\0", b"l\1\0\0\0\0\x80",
    b"l\0\0\0\x80", b"f\x03abc", b"f\x05", b"g123", b"?", b"q", b"0", b"[\1\0\0\0", b"[\xff\xff\xff\xff",
    b"(\xff\xff\xff\xff", b"<\xff\xff\xff\xff", b">\xff\xff\xff\xff", b"s\xff\xff\xff\xff", b"u\xff\xff\xff\xff",
    b"a\xff\xff\xff\xff", b"[\1\0\0\x000", b"(\1\0\0\x000", b")\x010", b"{N", b"{[\0\0\0\0N0", b"<\1\0\0\x000",
    b"<\1\0\0\0[\0\0\0\0", b"r\0\0\0\0", b"r\xff\xff\xff\xff", b"\xbe\1\0\0\0r\0\0\0\0", b"u\1\0\0\0\xff",
    b"\xbaNNr\0\0\0\0", b":NN", b":NN0", b"c", b"c" + b"\0" * 20, b"[\xff\xff\xff\0", b"(\xff\xff\xff\0",
    b"s\4\0\0\0abc", b"z", b"g", b"y12345678", "N",
]
for wrong in WRONG:
    print(wrong)
    tried(marshal.loads, wrong)

print("odd, but allowed")
for odd in [
    b"l\0\0\0\0", b"f\x031.5", b"x\x031.5\x032.5", b"I12345678", b"S", b"{0", b"{i\0\0\0\x000", b"{NN0", b"{NTNF0",
    b"\xdb\1\0\0\0r\0\0\0\0", b"\xa9\1r\0\0\0\0", b"z\3ab\xff", b"a\1\0\0\0\xff", b"Z\1a", b"t\1\0\0\0a", b":NNN",
    b">\0\0\0\0", b"\xdb\2\0\0\0i\5\0\0\0r\0\0\0\0", b"\xfb\xe9\1\0\0\0r\0\0\0\x000", b"<\2\0\0\0NN", b"NN", b"\xce",
]:
    tried(marshal.loads, odd)

print("depth")
for depth in 1998, 1999, 2000, 2001:
    nested = None
    for _ in range(depth):
        nested = [nested]
    for work in (lambda: marshal.dumps(nested)), (lambda: marshal.loads(b"[\1\0\0\0" * depth + b"N")):
        try:
            work()
        except ValueError as error:
            print(depth, error)
        else:
            print(depth, "is fine")


class Number(int):
    pass


print("types")
for value in object(), [object()], int, Number(3), {1: print}:
    tried(marshal.dumps, value)
for version in range(-1, 6):
    tried(marshal.dumps, slice(1, 2), version)
code = compile("0", "<code>", "eval")
tried(marshal.dumps, code, allow_code=False)
tried(marshal.loads, marshal.dumps(code), allow_code=False)
tried(marshal.loads, marshal.dumps([5]), allow_code=0)
print("arguments")
tried(marshal.dumps)
tried(marshal.dumps, 1, 2, 3)
tried(marshal.dumps, 1, "a")
tried(marshal.dumps, 1, 2**40)
tried(marshal.loads)
tried(marshal.loads, b"N", 1)
tried(marshal.load, 3)
tried(marshal.dump, 1, 3)
tried(marshal.dump, 1)
tried(marshal.dump, 1, print, version=2)
