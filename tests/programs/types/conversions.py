# From every type to every other.
print(list("abc"), tuple([1, 2]), set([1, 1]), dict([("a", 1)]), str([1]), list({"a": 1}), list((1, 2)), tuple({1: 2}), sorted({3, 1}))
print(int("12"), int(12.7), int(True), float("1.5"), float(3), float(True), str(12), str(1.0), str(True), str(None), bool("False"), bool(""))
print(complex(1), complex("2+3j"), complex(1, 2), bytes("a", "ascii"), bytes([1, 2]), bytearray(b"x"), ord("a"), chr(97))
print(list(range(3)), list(zip("ab", "cd")), dict(zip("ab", [1, 2])), list(map(int, "123")), [*"ab"], dict(enumerate("ab")), list(b"ab"))
print(int("0b11", 2), int("11", 2), hex(int("ff", 16)), float("1e3"), int(float("1e3")), int("1" * 30), float("1" * 30), str(10**20))
print(repr("a\nb"), repr([1.0, "a"]), str(b"a"), repr({1: "x"}), ascii("é"), repr((1,)), repr(()), repr({1}), repr(set()), repr(frozenset({1})), repr(slice(1, 2)), repr(range(3)))


class Num:
    def __int__(self):
        return 7

    def __float__(self):
        return 7.5

    def __str__(self):
        return "seven"

    def __bool__(self):
        return False

    def __complex__(self):
        return 7j

    def __index__(self):
        return 8

    def __bytes__(self):
        return b"7"

    def __iter__(self):
        return iter([7, 7])

    def __len__(self):
        return 2

    def __hash__(self):
        return 77


n = Num()
print(int(n), float(n), str(n), bool(n), complex(n), bytes(n), list(n), tuple(n), set(n), hash(n), len(n), [0] * n, hex(n), round(float(n)))


class OnlyIndex:
    def __index__(self):
        return 3


i = OnlyIndex()
print(int(i), float(i), complex(i), [1, 2, 3, 4][i], "abcdef"[i:], range(i), bin(i), chr(i) == "\x03", bytes(i))
