# Numbers and texts made of objects with special methods, and what is refused.
class A: pass
class C:
    def __init__(self, v): self.v=v
    def __complex__(self): return self.v
class F:
    def __float__(self): return 2.5
class I:
    def __index__(self): return 3
class CC(complex): pass
def show(what, compute):
    try:
        print(what, "->", repr(compute()))
    except BaseException as error:
        print(what, "->", type(error).__name__, error)


show('complex(A())', lambda: (complex(A())))
show('complex(C(1j))', lambda: (complex(C(1j))))
show('complex(C(5))', lambda: (complex(C(5))))
show('complex(F())', lambda: (complex(F())))
show('complex(I())', lambda: (complex(I())))
show('complex(F(), I())', lambda: (complex(F(), I())))
show('complex(1, F())', lambda: (complex(1, F())))
show('complex(A(), 1)', lambda: (complex(A(), 1)))
show('complex(1, A())', lambda: (complex(1, A())))
show('complex("1+2j")', lambda: (complex("1+2j")))
show('complex("x")', lambda: (complex("x")))
show('complex("1", 2)', lambda: (complex("1", 2)))
show('complex(1, "2")', lambda: (complex(1, "2")))
show('complex(b"1")', lambda: (complex(b"1")))
show('complex(None)', lambda: (complex(None)))
show('complex(1,2,3)', lambda: (complex(1,2,3)))
show('complex()', lambda: (complex()))
show('complex(imag=3)', lambda: (complex(imag=3)))
show('complex(real=1, imag=2)', lambda: (complex(real=1, imag=2)))
show('complex(1, -0.0)', lambda: (complex(1, -0.0)))
show('complex(CC(1,2))', lambda: (complex(CC(1,2))))
show('type(CC(1)), CC("1j"), CC(F())', lambda: (type(CC(1)), CC("1j"), CC(F())))
show('complex(10**400)', lambda: (complex(10**400)))
show('abs(A())', lambda: (abs(A())))
show('round(A())', lambda: (round(A())))
show('round(1.5, A())', lambda: (round(1.5, A())))
show('round(1.5, I())', lambda: (round(1.5, I())))
show('round(15, I())', lambda: (round(15, I())))
show('round(1.5, None)', lambda: (round(1.5, None)))
show('pow(A(), 1, 2)', lambda: (pow(A(), 1, 2)))
show('pow(1, 2, A())', lambda: (pow(1, 2, A())))
show('pow(1.5, 2, 3)', lambda: (pow(1.5, 2, 3)))
show('pow(2, -1, 5), pow(2, 3, 5), pow(2, True, 3)', lambda: (pow(2, -1, 5), pow(2, 3, 5), pow(2, True, 3)))
show('pow(2, -1, 4)', lambda: (pow(2, -1, 4)))
show('pow(2, 3, 0)', lambda: (pow(2, 3, 0)))
show('pow(2, 3, None)', lambda: (pow(2, 3, None)))
show('bin(I()), oct(I()), hex(I())', lambda: (bin(I()), oct(I()), hex(I())))
show('bin(A())', lambda: (bin(A())))
show('bin(1.5)', lambda: (bin(1.5)))
show('int(A())', lambda: (int(A())))
show('int(F())', lambda: (int(F())))
show('int(I()), int("11", I())', lambda: (int(I()), int("11", I())))
show('int("11", A())', lambda: (int("11", A())))
show('int(5, 2)', lambda: (int(5, 2)))
show('int("11", base=2)', lambda: (int("11", base=2)))
show('int("z", 5)', lambda: (int("z", 5)))
show('int("11", 1)', lambda: (int("11", 1)))
show('int(1.5), int("  12_3 "), int(b"12"), int(bytearray(b"5"))', lambda: (int(1.5), int("  12_3 "), int(b"12"), int(bytearray(b"5"))))
show('int(None)', lambda: (int(None)))
show('int([1])', lambda: (int([1])))
show('float(A())', lambda: (float(A())))
show('float(I()), float(F())', lambda: (float(I()), float(F())))
show('float("x")', lambda: (float("x")))
show('float(None)', lambda: (float(None)))
show('float(1,2)', lambda: (float(1,2)))
show('int(1,2,3)', lambda: (int(1,2,3)))
show('int(x=1)', lambda: (int(x=1)))
show('float(x=1)', lambda: (float(x=1)))
show('chr(I())', lambda: (chr(I())))
show('chr(A())', lambda: (chr(A())))
show('chr(-1)', lambda: (chr(-1)))
show('chr(2**70)', lambda: (chr(2**70)))
show('ord("ab")', lambda: (ord("ab")))
show('ord(5)', lambda: (ord(5)))
show('ord(b"ab")', lambda: (ord(b"ab")))
show('ord(bytearray(b"a"))', lambda: (ord(bytearray(b"a"))))
show('(5).to_bytes(I(), "big")', lambda: ((5).to_bytes(I(), "big")))
show('(5).to_bytes(2, "little"), (5).to_bytes()', lambda: ((5).to_bytes(2, "little"), (5).to_bytes()))
show('(500).to_bytes(1)', lambda: ((500).to_bytes(1)))
show('(-5).to_bytes(1)', lambda: ((-5).to_bytes(1)))
show('(-5).to_bytes(1, signed=True)', lambda: ((-5).to_bytes(1, signed=True)))
show('int.from_bytes(b"ab"), int.from_bytes([1,2]), int.from_bytes(bytearray(b"a"), "little")', lambda: (int.from_bytes(b"ab"), int.from_bytes([1,2]), int.from_bytes(bytearray(b"a"), "little")))
show('int.from_bytes(5)', lambda: (int.from_bytes(5)))
show('int.from_bytes("ab")', lambda: (int.from_bytes("ab")))
show('(5).to_bytes(2, "x")', lambda: ((5).to_bytes(2, "x")))
show('(5).to_bytes(-1)', lambda: ((5).to_bytes(-1)))
show('(5).__pow__(2, 3), (5).__rpow__(2), (5).__divmod__(2), (5).__round__(-1)', lambda: ((5).__pow__(2, 3), (5).__rpow__(2), (5).__divmod__(2), (5).__round__(-1)))
show('(2.5).__round__(), (2.5).__trunc__(), (2.5).__int__(), (2.5).__divmod__(2)', lambda: ((2.5).__round__(), (2.5).__trunc__(), (2.5).__int__(), (2.5).__divmod__(2)))
show('divmod(5, A())', lambda: (divmod(5, A())))
show('divmod(5.5, 2), divmod(True, 2)', lambda: (divmod(5.5, 2), divmod(True, 2)))
show('1 + A()', lambda: (1 + A()))
show('A() + 1', lambda: (A() + 1))
show('-A()', lambda: (-A()))
show('5 .__add__("a")', lambda: (5 .__add__("a")))
show('(5).__add__(1.5), (5.0).__add__(1)', lambda: ((5).__add__(1.5), (5.0).__add__(1)))
show('True + True, True & 1, True ^ True, ~True', lambda: (True + True, True & 1, True ^ True, ~True))
show('5 << -1', lambda: (5 << -1))
show('1 << 2**70', lambda: (1 << 2**70))
show('2 ** -1, 2.0 ** 0.5, (-8) ** (1/3)', lambda: (2 ** -1, 2.0 ** 0.5, (-8) ** (1/3)))
show('0 ** -1', lambda: (0 ** -1))
show('1 / 0', lambda: (1 / 0))
show('1.0 // 0', lambda: (1.0 // 0))
show('1 % 0', lambda: (1 % 0))
show('1j / 0', lambda: (1j / 0))
show('10**400 * 1.0', lambda: (10**400 * 1.0))
show('float(10**400)', lambda: (float(10**400)))
show('int(float("inf"))', lambda: (int(float("inf"))))
show('int(float("nan"))', lambda: (int(float("nan"))))
show('float.fromhex("0x1p3"), (1.5).hex()', lambda: (float.fromhex("0x1p3"), (1.5).hex()))
show('(1.5).as_integer_ratio(), (5).as_integer_ratio()', lambda: ((1.5).as_integer_ratio(), (5).as_integer_ratio()))
show('(5).real, (5).imag, (5).numerator, (5).denominator, True.real', lambda: ((5).real, (5).imag, (5).numerator, (5).denominator, True.real))
show('(5).bit_length(), (5).bit_count(), (5).is_integer(), (1.5).is_integer()', lambda: ((5).bit_length(), (5).bit_count(), (5).is_integer(), (1.5).is_integer()))
show('int("1" * 5000)', lambda: (int("1" * 5000)))
show('hash(1.5), hash(2**61-1), hash(float("inf")), hash(1+2j)', lambda: (hash(1.5), hash(2**61-1), hash(float("inf")), hash(1+2j)))
show('1 if A() else 2', lambda: (1 if A() else 2))
show('"a" * I(), I() * "a", [1] * I()', lambda: ("a" * I(), I() * "a", [1] * I()))
show('"abc".find("b", I()), "abc".center(I()), "a b c".split(None, I()), "a\\tb".expandtabs(I())', lambda: ("abc".find("b", I()), "abc".center(I()), "a b c".split(None, I()), "a\tb".expandtabs(I())))
show('"abc".find("b", "x")', lambda: ("abc".find("b", "x")))
show('"abc".find(5)', lambda: ("abc".find(5)))
show('"abc".center("x")', lambda: ("abc".center("x")))
show('"abc".center(5, 5)', lambda: ("abc".center(5, 5)))
show('"a" + 5', lambda: ("a" + 5))
show('5 + "a"', lambda: (5 + "a"))
show('"a" - "b"', lambda: ("a" - "b"))
show('"abc" % 5', lambda: ("abc" % 5))
show('"a" in 5', lambda: ("a" in 5))
show('5 in "a"', lambda: (5 in "a"))
show('"abc"[I()-1] if False else "abc"[1]', lambda: ("abc"[I()-1] if False else "abc"[1]))
show('"abc"[10]', lambda: ("abc"[10]))
show('"a".join([1])', lambda: ("a".join([1])))
show('"a".join(5)', lambda: ("a".join(5)))
show('"a".join(["x", "y"])', lambda: ("a".join(["x", "y"])))
show('str(A)[:7], str(5), str("x"), str()', lambda: (str(A)[:7], str(5), str("x"), str()))
show('str(5, 6, 7, 8)', lambda: (str(5, 6, 7, 8)))
show('"%s" % (A,)', lambda: ("%s" % (A,)))
show('"a" < 5', lambda: ("a" < 5))
show('"a" == 5, "a" != 5', lambda: ("a" == 5, "a" != 5))
show('"ab".translate({97: "x", 98: None}), "ab".translate(str.maketrans("a", "b")), "ab".translate(str.maketrans({"a": "zz"}))', lambda: ("ab".translate({97: "x", 98: None}), "ab".translate(str.maketrans("a", "b")), "ab".translate(str.maketrans({"a": "zz"}))))
show('"a".translate(5)', lambda: ("a".translate(5)))
show('"abc".startswith(("x", "a")), "abc".startswith("a", 1)', lambda: ("abc".startswith(("x", "a")), "abc".startswith("a", 1)))
show('"abc".startswith(5)', lambda: ("abc".startswith(5)))
show('"abc".startswith(("x", 5))', lambda: ("abc".startswith(("x", 5))))
show('"a,b".split(""), ', lambda: ("a,b".split(""), ))
show('"a,b".split(5)', lambda: ("a,b".split(5)))
show('"x".__len__(), "x".__contains__("x"), "xyz".__getitem__(1), list("ab".__iter__()), "a".__add__("b"), "a".__mul__(3), "a".__rmul__(3), "%s".__mod__(1)', lambda: ("x".__len__(), "x".__contains__("x"), "xyz".__getitem__(1), list("ab".__iter__()), "a".__add__("b"), "a".__mul__(3), "a".__rmul__(3), "%s".__mod__(1)))
show('"a".__add__(5)', lambda: ("a".__add__(5)))
show('"a".__lt__(5), "a".__eq__("a")', lambda: ("a".__lt__(5), "a".__eq__("a")))
show('"abc".encode("utf-8").decode("utf-8").upper()', lambda: ("abc".encode("utf-8").decode("utf-8").upper()))
show('"a".splitlines(keepends=True), "a\\nb".splitlines(), "ab".replace("a", "b", count=1), "ab".replace("a", "b", 0)', lambda: ("a".splitlines(keepends=True), "a\nb".splitlines(), "ab".replace("a", "b", count=1), "ab".replace("a", "b", 0)))
show('"ab".replace(1, 2)', lambda: ("ab".replace(1, 2)))
show('"ab".strip(5)', lambda: ("ab".strip(5)))
show('"a".zfill(5), "-a".zfill(5), "a".ljust(3, "*"), "a".rjust(3)', lambda: ("a".zfill(5), "-a".zfill(5), "a".ljust(3, "*"), "a".rjust(3)))
show('"ß".upper(), "İ".lower(), "ǆ".title(), "ﬁ".casefold()', lambda: ("ß".upper(), "İ".lower(), "ǆ".title(), "ﬁ".casefold()))
show('"abc".isidentifier(), "1".isdecimal(), "²".isdigit(), "½".isnumeric()', lambda: ("abc".isidentifier(), "1".isdecimal(), "²".isdigit(), "½".isnumeric()))
show('"".join(()), "".join(x for x in "abc"), ",".join({"a": 1})', lambda: ("".join(()), "".join(x for x in "abc"), ",".join({"a": 1})))
show('"abc".partition(""), ', lambda: ("abc".partition(""), ))
show('"abc".partition(5)', lambda: ("abc".partition(5)))
show('"abc".removeprefix(5)', lambda: ("abc".removeprefix(5)))
show('"abc".rindex("z")', lambda: ("abc".rindex("z")))
show('"abc".index("z")', lambda: ("abc".index("z")))
show('"abc".count("b", 0, I())', lambda: ("abc".count("b", 0, I())))
show('ascii("é"), repr("é\\n\'"), ascii([1, "é"])', lambda: (ascii("é"), repr("é\n'"), ascii([1, "é"])))
show('print("x", sep=5)', lambda: (print("x", sep=5)))
show('print("x", foo=5)', lambda: (print("x", foo=5)))
show('"abc".foo', lambda: ("abc".foo))
show('"abc".format(1, a=2)', lambda: ("abc".format(1, a=2)))
show('str.upper(5)', lambda: (str.upper(5)))
show('str.upper()', lambda: (str.upper()))
show('"a".upper(1)', lambda: ("a".upper(1)))
show('"{0.real} {0.imag} {a[0]} {a[x]}".format(5, a={0: "zero", "x": "ex"})', lambda: ("{0.real} {0.imag} {a[0]} {a[x]}".format(5, a={0: "zero", "x": "ex"})))
class P:
    def __init__(self, n): self.n = n
    def __repr__(self): return "P"
    def __pow__(self, o, m=None): print("pow", self.n, o, m); return NotImplemented if self.n == 1 else "r"
    def __rpow__(self, o, m=None): print("rpow", self.n, o, m); return "rr"
class Q(P): pass
print(pow(P(1), Q(2)), pow(P(1), Q(2), 9), pow(P(2), 3, 4), pow(5, P(1), 7))
try: print(pow(P(1), 3, 4))
except TypeError as x: print(x)
class IntSub(int):
    def __str__(self): return "sub"
    def __repr__(self): return "subr"
x = IntSub(5); print(x, repr(x), f"{x}", f"{x:d}", "%d" % x, "%s" % x, format(x), x + 1, type(x + 1), -x, abs(x), int(x), type(int(x)))
class FloatSub(float):
    def __str__(self): return "fsub"
y = FloatSub("1.5"); print(y, f"{y}", f"{y:.2f}", y + 1, float(y), type(float(y)), round(y))
class StrSub(str):
    def __str__(self): return "ssub"
z = StrSub("abc"); print(z, f"{z}", f"{z:5}|", z + "d", z.upper(), "%s" % z, str(z), repr(z), z[0], type(z[:]), len(z))
class X:
    def __int__(self): return 5
    def __float__(self): return 2.5
    def __str__(self): return "X!"
print(IntSub(X()), FloatSub(X()), StrSub(X()), StrSub(X()) == "X!", type(IntSub(X())))
class Bad:
    def __int__(self): return "x"
    def __float__(self): return "x"
    def __str__(self): return 5
    def __repr__(self): return 5
    def __index__(self): return "x"
    def __format__(self, s): return 5
    def __bool__(self): return 5
    def __hash__(self): return "x"
    def __len__(self): return "x"
    def __round__(self, n=None): return ("round", n)
    def __abs__(self): return "abs"
    def __complex__(self): return 1
    def __bytes__(self): return 1
b = Bad()
for f in (lambda: int(b), lambda: float(b), lambda: str(b), lambda: repr(b), lambda: bin(b), lambda: format(b), lambda: f"{b}", lambda: bool(b), lambda: hash(b), lambda: len(b), lambda: round(b), lambda: round(b, 2), lambda: abs(b), lambda: complex(b), lambda: bytes(b), lambda: print(b), lambda: "%d" % b, lambda: "%s" % b, lambda: "%r" % b, lambda: "{!r}".format(b), lambda: [1,2][b], lambda: b"%b" % b, lambda: ascii(b), lambda: "%x" % b, lambda: "%f" % b):
    try: print(f())
    except BaseException as x: print(type(x).__name__, x)
try: "é".encode("ascii")
except UnicodeEncodeError as x: print(x.encoding, x.object, x.start, x.end, x.reason, x.args, repr(x))
try: b"a\xff\xfe".decode()
except UnicodeDecodeError as x: print(x.encoding, x.object, x.start, x.end, x.reason, x.args, repr(x))
