# Values as marshal writes them: which get a number for later, because more than one place holds them.
import marshal

print(marshal.version)


def both(value):
    written = marshal.dumps(value)
    print(written)
    read = marshal.loads(written)
    print("  ", read, type(read).__name__, marshal.dumps(read))


both([True, False, None, ..., StopIteration])
both([-1, 0, 2**31 - 1, 2**31, -(2**31), -(2**31) - 1, 2**100, -(2**100), 10**4000 % 2**3000])
both((1.5, -0.0, float("inf"), float("-inf"), 1 + 2j, 1e300))
both(["\ud800", "é", "\U0001f600", "a" * 300, "", "x", "word", "two words"])
both([b"", b"a", b"abc", bytes(range(256))])
both([bytearray(b"ab"), memoryview(b"abc")[1:]])
both({"a": 1, "b": [2], (3, "c"): {4}})
both(frozenset([1, "a", (1, 2)]))
both({5, 6, 7, "abc", b"x", None})
both(tuple(range(300)))
both([slice(1, 2), slice(None), slice("a", (1, 2), 3.5)])

print("shared")
one = [1]
both([one, one])
number = float("1.5")
both([number])
both([number, number])
both([float("2.5")])
both([10000 * int("7"), 5])
text = "".join(["abc", "d"])
both(text)
both([text, text])
big = 2**80
both((big, big))
self = []
self.append(self)
written = marshal.dumps(self)
print(written, marshal.loads(written))
pair = {}
pair["me"] = [pair]
written = marshal.dumps(pair)
print(written, marshal.loads(written))


def local(value):
    print(marshal.dumps(value), marshal.dumps(value, 5), marshal.dumps(value, 5, allow_code=True))
    print(marshal.dumps([value, value]), marshal.dumps(*[value]), list(map(marshal.dumps, [value])))


local([1, 2.5])
local([])
local(big)
local(number)
local(float("7.5"))

print("versions")
for version in range(-1, 7):
    for value in ("abc", "é", (1,), 10**20, b"a", {1}, 1.5, 1e100, 1e-7, 0.1, 12345678901234567890.0, 2.5j, [text] * 2):
        print(version, marshal.dumps(value, version))
        assert marshal.loads(marshal.dumps(value, version)) == value
try:
    marshal.dumps(self, 2)
except ValueError as error:
    print(error)
