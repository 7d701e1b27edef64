"""Writes tests/expected/leaf/*.jsonl: what CPython 3.14 answers for the machine's leaf algorithms.

    python3.14 tests/leaf_expected.py

A line is [operation, arguments, answer].  Values: null, true, false, a string and an array stand for
themselves (an array also for a tuple); {"int": text}, {"float": bits in hexadecimal}, {"complex": [bits,
bits]}, {"bytes": hexadecimal}, {"points": [...]} for a str with surrogates; {"error": type, "message":
text} for what was raised.
"""

import itertools
import json
import pathlib
import random
import struct
import sys

OUT = pathlib.Path(__file__).parent / "expected" / "leaf"


def plain(value):
    """`value` as JSON holds it."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return {"int": hex(value)}
    if isinstance(value, float):
        return {"float": struct.pack(">d", value).hex()}
    if isinstance(value, complex):
        return {"complex": [struct.pack(">d", part).hex() for part in (value.real, value.imag)]}
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": value.hex()}
    if isinstance(value, str):
        try:
            value.encode()
            return value
        except UnicodeEncodeError:
            return {"points": [ord(ch) for ch in value]}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    raise TypeError(value)


class File:
    """One file of cases; the same case is written once."""

    def __init__(self, name):
        self.name, self.lines = name, {}

    def case(self, operation, function, *args):
        try:
            answer = plain(function(*args))
        except (ValueError, TypeError, ArithmeticError, MemoryError, LookupError) as error:
            answer = {"error": type(error).__name__, "message": str(error)}
        line = json.dumps([operation, plain(args), answer], ensure_ascii=False, separators=(",", ":"))
        self.lines[line] = None

    def write(self):
        path = OUT / f"{self.name}.jsonl"
        path.write_text("".join(line + "\n" for line in self.lines))
        print(f"{path.name}: {len(self.lines)} cases, {path.stat().st_size} bytes")


TEXTS = [
    "", "a", "A", " ", "abc", "ABC", "Hello, World", "hello world", "  padded\t\n", "aaa", "abababab",
    "a,b,,c,",
    "1 2  3   4", "one\ntwo\r\nthree\rfour\x0bfive\x0csix\x1cseven\x85eight\u2028nine\u2029", "\x1ca\x1fb",
    "tab\tsep\ta\n\tx",
    "straße", "ΣΊΣΥΦΟΣ", "ΑΣ", "ΑΣ.", "Σ", "ΑΣ'Β", "aΣ́", "Ǆabc", "ǆ", "ǅ", "ŉx", "İstanbul", "ıi", "ﬁne",
    "ΐ", "ᾳ", "ᾼ", "Ꭰꭰ",
    "they're bill's", "x٣٤", "٣٤", "²³", "½", "Ⅷ", "一二", "_id", "9id", "é_x", "été", "℘x", "a·b", "\u200b",
    "\xa0x\u3000", "a\xad",
    "\U0001f600 smile", "\U00010400\U00010428", "\ud800", "a\udc80b", "-42", "+7", "--", "-",
    "ab" * 12 + "c", "café café café",
    "\x00", "a'b", 'a"b', "a'\"b", "back\\slash", "\x7f\x80\xff", "\u0378", "\ue000", "\U0010ffff",
    "mIxEd CaSe", "ʰx", "ªº", "ⓐⒶ",
]
BYTES = [
    b"", b"a", b"abc", b"ABC", b" \t\n\r\x0b\x0cx ", b"Hello World's", b"\x00\xff\x80", b"a'b", b'a"b',
    b"'\"", b"\\\n", b"1 2  3",
    b"a,b,,c", b"x\x1cy\x85z", b"one\ntwo\r\nthree\rfour\x0b", b"abababab", b"-12", b"+", b"123",
    b"\tx\ty\n\tz", b"\xe9A\xc9b",
]
SEARCHED = ["", "a", "ab", "é", "fé c", "ab" * 6 + "c", "\udc80"]


def text():
    file = File("text")
    for name in ("upper lower title capitalize swapcase casefold isalpha isdigit isdecimal isnumeric isalnum isspace "
                 "isidentifier isprintable isupper islower istitle isascii expandtabs strip lstrip rstrip split rsplit "
                 "splitlines").split():
        for value in TEXTS:
            file.case(name, getattr(str, name), value)
    for value in TEXTS:
        file.case("repr", repr, value)
        file.case("ascii", ascii, value)
        file.case("splitlines", str.splitlines, value, True)
        for chars in ("éxa ", ):
            for name in ("strip", "lstrip", "rstrip"):
                file.case(name, getattr(str, name), value, chars)
    for value in TEXTS[::12] + ["ab" * 12 + "c", "café café café", "abababab", "aaa"]:
        for part in SEARCHED:
            for name in ("find", "rfind", "count", "startswith", "endswith"):
                file.case(name, getattr(str, name), value, part)
            file.case("replace", str.replace, value, part, "<é>")
            file.case("replace", str.replace, value, part, "", 2)
            file.case("removeprefix", str.removeprefix, value, part)
            file.case("removesuffix", str.removesuffix, value, part)
            if part:
                for name in ("split", "rsplit", "partition", "rpartition"):
                    file.case(name, getattr(str, name), value, part)
                file.case("split", str.split, value, part, 1)
                file.case("rsplit", str.rsplit, value, part, 1)
    for value, part, start, end in itertools.product(
            ("abcabc", "ééa"), ("", "a", "é"), (0, 1, 6, 7), (0, 2, 9)):
        for name in ("find", "rfind", "count", "startswith", "endswith"):
            file.case(name, getattr(str, name), value, part, start, end)
    for value in ("1 2  3   4", " x  y ", "\u3000a\x1cb  c  "):
        for limit in (-1, 0, 1, 2, 9):
            file.case("split", str.split, value, None, limit)
            file.case("rsplit", str.rsplit, value, None, limit)
    for value in ("", "ab", "abc", "-42", "+é", "a\tb\n\tc"):
        for width in (0, 2, 3, 4, 7, 8):
            file.case("zfill", str.zfill, value, width)
            file.case("expandtabs", str.expandtabs, value, width)
            for name in ("center", "ljust", "rjust"):
                file.case(name, getattr(str, name), value, width, "é")
    # Code points by themselves: sums of those with a property, and of what they become.
    points = [*range(0x20000), *range(0x20000, 0x110000, 61)]
    for name in ("isalpha isdigit isdecimal isnumeric isalnum isspace isidentifier isprintable isupper islower "
                 "istitle").split():
        test = getattr(str, name)
        chosen = [point for point in points if test(chr(point))]
        file.case("all " + name, lambda: [len(chosen), sum(at * point for at,
                point in enumerate(chosen)) % (1 << 61)])
    for name in ("upper", "lower", "title", "casefold", "swapcase", "capitalize"):
        change, total = getattr(str, name), 0
        for point in points:
            for ch in change(chr(point)):
                total = (total * 31 + ord(ch)) % (1 << 61)
        file.case("all " + name, lambda: total)
    file.write()


def byte_strings():
    file = File("bytes")
    for name in ("upper lower title capitalize swapcase isalpha isdigit isalnum isspace isupper islower istitle "
                 "expandtabs strip lstrip rstrip split rsplit splitlines hex").split():
        for value in BYTES:
            file.case(name, getattr(bytes, name), value)
    for value in BYTES:
        file.case("repr", repr, value)
        for part in (b"", b"ab", b" "):
            for name in ("find", "rfind", "count", "startswith", "endswith"):
                file.case(name, getattr(bytes, name), value, part)
            file.case("replace", bytes.replace, value, part, b"<>")
            if part:
                file.case("split", bytes.split, value, part)
                file.case("rsplit", bytes.rsplit, value, part, 1)
        for width in (3, 8):
            for name in ("center", "ljust", "rjust"):
                file.case(name, getattr(bytes, name), value, width, b"*")
            file.case("zfill", bytes.zfill, value, width)
            file.case("hex", bytes.hex, value, "-", width - 5)
    for value in ("", "a", "ab c", "abc", "zz", "a b", "ab\x1c", "ab é", " 12\t3F ", "1g", "12g", "zzé",
            "\x00", "AbCd"):
        file.case("fromhex", bytes.fromhex, value)
    file.write()


FLOATS = [
    0.0, -0.0, 1.0, -1.0, 0.5, 1.5, 2.5, -2.5, 0.1, 1 / 3, 2.675, 1e-5, 1.5e-5, 0.0001, 0.00012345, 1e15,
    1e16, 1e17, 123456789012345680.0,
    9007199254740993.0, 1e22, 1e23, 1e100, 1e308, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308,
    1e-310, 3.14159, 100.0,
    1234567.891, 0.000001, float("inf"), float("-inf"), float("nan"), 9.2e18, 2.0**63, 2.0**64, -2.0**63,
    4503599627370497.5, 25.0, 35.0, 1e300,
    0.045, 99.995, 999999.5, 0.9999, 5e-5, -1e-7,
]
INTS = [
    0, 1, -1, 2, 3, 7, -7, 10, 255, 256, -128, 1000, -12345, 2**31, 2**53, 2**53 + 1, 2**63 - 1, 2**63,
    -2**63, -2**63 - 1, 2**64 + 1,
    10**20, -10**20 - 7, 3**100, 2**200 - 1, -(2**200), 10**40 + 5 * 10**9,
]
INT_TEXTS = ("|  |12|-12|+12|12a|é|1__0|_1|1_|1_000|0x1f|0X1F|0x|0x_1f|-0x_1f|0x1__f|010|000|0_7|00_0|0_|"
             "0b12|0b101|0o17|0o_7|0_x1|z|Zz|"
             "+ 1|- 1|--1|٣٤|１２|\u3000 12\n|\xa012|\x1c1|\x1c1\u0663|1\x00|\x001|1 2|12é|a'b|1e5|1.0|"
             "9223372036854775807|9223372036854775808|"
             "-9223372036854775808|-9223372036854775809|123456789012345678901234567890|0b|0o|b1|x1|1\t|\ud800").split("|")
FLOAT_TEXTS = ("|  |1|1.|.5|.|1.5|-1.5|+1.5|1e5|1E5|1e+5|1e-5|1e|1e+|e5|.e5|1e400|-1e400|1e-400|1_0.5_0|1__0|"
               "_1|1_|1_.5|1._5|1e_5|1e1_0|1_e5|٣.٤|"
               "nan|-nan|+nan|NaN|inf|-inf|INF|Infinity|infinit|-infinity|in_f|nan(1)|0x1p3|1 2| 1.5 |"
               "\xa01.5\u3000|\x1c1|1\x00|é|1d5|- 1|+-1|0.1|"
               "123456789012345678|1.7976931348623159e308|2.4703282292062327e-324|2.4703282292062328e-324|"
               "9007199254740993|1a|\"quoted\"|it's|1,5|"
               "\ud800").split("|")
COMPLEX_TEXTS = ("|1|j|-j|+j|1j|1+2j|1-2J|1+j|1-j|nan+infj|infinityj|nanj|-nan-infj|(1+2j)|( 1+2j )|(1|1)|()|"
                 "((1))|( 1 +2j)|1 +2j|1+|1+2|1+2i|1++2j|"
                 "1-+2j|1+2jj|1e|1e5+2e-3j|1_0j|1__0|_1j|٣+٤j|é|1e400|1.e1.j|jj|+|-|(j)|1\t|\ud800").split("|")


def random_float():
    value = struct.unpack(">d", random.randbytes(8))[0]
    return value if value == value else 1.0


def floats():
    file = File("float")
    values = FLOATS + [random_float() for _ in range(200)] + [random.uniform(-1000, 1000) for _ in range(50)]
    for value in values:
        file.case("repr", repr, value)
        file.case("hex", float.hex, value)
    for value in FLOATS:
        file.case("ratio", float.as_integer_ratio, value)
        file.case("int", int, value)
        for places in (-309, -308, -16, -1, 0, 1, 2, 5, 17, 320, 324):
            file.case("round", round, value, places)
    for _ in range(100):
        file.case("round", round, random.uniform(-1e6, 1e6), random.randrange(-5, 8))
        file.case("round", round, random.randrange(-10000, 10000) * 0.5, random.randrange(-3, 2))
    for text in FLOAT_TEXTS:
        file.case("parse", float, text)
    for text in ("1.5", "1x", "\xa01", " 1 ", "1_0"):
        file.case("parse", float, text.encode("latin-1"))
    for text in ("0x1p3|1p3|0x1.8p1|.8|0x.8|0x|zz||inf|-Inf|nan|-nan|infinity|0x1p1024|"
                 "0x1p99999999999999999999|0x0p99999999999999|"
                 "0x1p-1074|0x1p-1075|0x1.8p-1075|0x1p-99999999999999999999|0x1.fffffffffffff8p1023|"
                 "0x1.fffffffffffff7p1023|0x1.00000000000008p0|"
                 "0x1.000000000000081p0|0x1.00000000000018p0|-0x1p0|+0x1p0| 0x1p0\t|0x1p0 x|0x1.2.3|0xap+1|"
                 "0x123456789abcdef0123456789|"
                 "1e5|0x1p|0x1p+|0x_1|é|0x1.ffffffffffffffffp-1023|0X1P1").split("|"):
        file.case("fromhex", float.fromhex, text)
    operands = [0.0, -0.0, 1.0, -1.0, 3.0, -2.5, 0.1, 7.3, 1e308, -1e308, 5e-324, 1e16, float("inf"),
            float("-inf"), float("nan")]
    for left, right in itertools.product(operands, repeat=2):
        file.case("divmod", divmod, left, right)
        file.case("pow", lambda a, b: a ** b, left, right)
    for _ in range(100):
        left, right = random.uniform(-100, 100), random.uniform(-10, 10)
        file.case("divmod", divmod, left, right)
        file.case("pow", lambda a, b: a ** b, abs(left), right)
    file.write()


def ints():
    file = File("int")
    operators = {
        "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "divmod": divmod,
        "truediv": lambda a, b: a / b, "and": lambda a, b: a & b, "or": lambda a, b: a | b, "xor": lambda a,
        b: a ^ b,
    }
    pairs = list(itertools.product(INTS[::3], INTS[1::4]))
    for name, operator in operators.items():
        for left, right in pairs:
            file.case(name, operator, left, right)
    for left in INTS:
        for name in ("__neg__", "__abs__", "__invert__", "bit_length", "bit_count"):
            file.case(name.strip("_"), getattr(int, name), left)
        for function in (str, bin, oct, hex, float):
            file.case(function.__name__, function, left)
        for right in (-1, 0, 5, 63, 64, 2**70):
            file.case("shr", lambda a, b: a >> b, left, right)
            if right < 2**70 or left:
                file.case("shl", lambda a, b: a << b, left, right)
        for right in (-3, -1, 0, 2, 7):
            file.case("pow", lambda a, b: a ** b, left, right)
        for places in (-1, -2, -5, -20, -41):
            file.case("round", round, left, places)
    # Quotients that are hard to round, and floats that are next to ints.
    for _ in range(60):
        bits = random.choice((10, 53, 60, 64, 100, 1100))
        left, right = random.getrandbits(bits) - (1 << (bits - 1)), random.getrandbits(random.choice((10, 54,
                70))) + 1
        file.case("truediv", operators["truediv"], left, right)
        file.case("divmod", divmod, left, -right)
    for left, right in ((2**53 + 1, 1), (2**54 + 2, 1), (2**54 + 6, 1), (2**1024 - 2**970, 1),
            (2**1024 - 2**970 - 1, 1), (2**1100, 2**80), (1, 2**1074),
            (1, 2**1075), (3, 2**1076), (1, 2**1076), (2**2000, 1), (1, 2**2000), (-1, 2**2000),
            (2**53 * 3 + 1, 3 * 2**60), (-(2**63), 2**63 - 1)):
        file.case("truediv", operators["truediv"], left, right)
        file.case("float", float, left)
    for left, right, modulus in itertools.product((0, 2, -3, 10**20), (-2, -1, 0, 5, 10**20 + 1), (0, 1, -1,
            -7, 4, 2**63, 10**20 + 39)):
        file.case("powmod", pow, left, right, modulus)
    for left in INTS[::2] + [2**53 + 1, 2**63, 2**1024]:
        for right in (0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.5, 2.0**53, 2.0**63, -2.0**63, 2.0**64, 1e20, 1e300,
                float("inf"), float("-inf"), float("nan")):
            file.case("compare", lambda a, b: [a < b, a == b, a > b], left, right)
    for text in INT_TEXTS:
        for base in (10, 0, 16, 8):
            file.case("parse", int, text, base)
    for base in (1, 37, -1, 2**40):
        file.case("parse", int, "1", base)
    for text in (b"12", b" 12\n", b"\xff1", b"1_0", b"a'b", b"\xa01", b""):
        file.case("parse", int, text)
    for text in ("a" * 300, "é" * 150 + "'" * 100):
        file.case("parse", int, text)
    # Long texts are made by the test: [how often, what].
    for count, part, base in ((4300, "9", 10), (4301, "9", 10), (4301, "9_", 10), (5000, "0", 10),
                               (5000, "1", 3), (5000, "1", 8), (5000, "f", 16)):
        file.case("parse long", lambda n, part, base: int((part * n).rstrip("_"), base) % 1000003, count,
                part, base)
    for power in (4299, 4300, 5000):
        file.case("long", lambda power: len(str(10**power)), power)
    for value in (0, 1, -1, 127, 128, -128, -129, 255, 256, 2**63, -2**63, 2**64, -2**64):
        for length, order, signed in itertools.product((0, 1, 2, 8, 9), ("little", "big"), (False, True)):
            file.case("to_bytes", lambda v, n, o, s: v.to_bytes(n, o, signed=s), value, length, order, signed)
    for value in (b"", b"\x00", b"\xff", b"\x80\x00", b"\x01\x02\x03", b"\xff" * 9):
        for order, signed in itertools.product(("little", "big"), (False, True)):
            file.case("from_bytes", lambda v, o, s: int.from_bytes(v, o, signed=s), value, order, signed)
    file.write()


def complexes():
    file = File("complex")
    inf, nan = float("inf"), float("nan")
    values = [0j, 1j, -1j, complex(-0.0, 0.0), complex(0.0, -0.0), 1 + 2j, -3.5 + 0.25j, 1e200 + 1e200j,
            1e308 + 1j, complex(inf, 0), complex(0, inf),
            complex(inf, nan), complex(nan, 1), complex(-inf, inf), 1e-200 + 1e-200j, 2 + 0j, 100 + 0j,
            0.5 + 0j, -2 + 0j, 1e16 + 0.1j]
    operators = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
            "truediv": lambda a, b: a / b, "pow": lambda a, b: a ** b}
    reals = [0.0, -0.0, 2.0, -0.5, inf, nan]
    for name, operator in operators.items():
        for left, right in itertools.product(values, values[::3]):
            file.case(name, operator, left, right)
        for left, right in itertools.product(values[::3], reals):
            file.case(name, operator, left, right)
            file.case(name, operator, right, left)
    for value in values:
        file.case("repr", repr, value)
        file.case("abs", abs, value)
    file.case("abs", abs, 1.7e308 + 1.7e308j)
    for text in COMPLEX_TEXTS:
        file.case("parse", complex, text)
    for exponent in (3, -3, 100, 101, 5000, 0.5, 1 + 1j):
        file.case("pow", operators["pow"], 1 + 1j, complex(exponent))
    file.write()


INT_SPECS = """d|b|o|x|X|c|n|e|.2f|g|%|.1%|5|<5|^5|>5|=5|05|010|+|-| |+05|#x|#X|#b|#o|#010x|#_x|_x|_b|_d|,|,d|
_|010,|011,|012,|08,|09_|*^20,|x<8|é>8|
+_.2f|.3d|zd|z|,x|,b|,c|,n|_n|_c|,_|_,|,,|__|,_d|+c|#c|#d|10c|<10c|^10c|010c|s|q|é|5é|abc|dd|.|.d|.x|.f|=+8|
0=8|<08|>08|^08|*=+#12x|
99999999999999999999|.99999999999999999999f|٣d|.٣f|20_b|020_b|021_x|\x00|\n| |  |==5|<<5|z5|#05|.2147483648f|
.5%|_e|,E|.3,f|._f|.,d|,.3_f""".replace("\n", "")
FLOAT_SPECS = """e|f|g|E|F|G|%|n|.0f|.0e|.0g|.1f|.2f|.3g|.10g|.17g|.20f|.3e|.3|.0|.1|.20|#|#g|#.0f|#.0e|#.3|
#.0|+|-| |z|z.0f|z.1f|+z.1f|zg|z%|010|+010|010.2f|
,|_|,.2f|_.3f|020,.2f|019,.2f|018,|015,.1f|*^20|<15|>15|=15|=+15.2f|x=15|é^14.1e|,e|_g|,%|,n|,E|.3_f|.9,f|
.9_f|.,f|._f|.,|._|.6_,f|,.6_f|_.6,f|
020,.6_f|.7,g|.7_e|.5,%|.3,n|d|x|s|b|c|q|.f|.|1.1.1|.2147483648f|ff|010e|,g|0<12|0>12|0^12|12.4|
.12""".replace("\n", "")
STR_SPECS = ("s|5|<5|>5|^5|^6|*^7|=5|05|010s|.2|.0|5.1|é<6|+|-| |+s|z|#|,|_|,s|d|f|ss|.|.s|{<5|0>5|<05|=|x=5|"
             "\U0001f600^8|q|  s|"
             ".99999999999999999999|.3,|.3_s")


def formats():
    file = File("format")
    for spec in INT_SPECS.split("|"):
        for value in (0, 1234, -1234567) + ((255,) if len(spec) < 4 else ()):
            file.case("int", format, value, spec)
    for value in (2**70, -2**70, 10**18):
        for spec in (",", "_x", "030,", "e", "#b", "c", "g", "_b"):
            file.case("int", format, value, spec)
    file.case("int", format, 2**1024, "f")
    for value in (0x110000, -1, 0xD800, 0x1F600, 2**64):
        file.case("int", format, value, "c")
    for spec in FLOAT_SPECS.split("|"):
        for value in (0.0, 1234567.891, -0.0001234) + ((float("inf"), float("nan"), -0.04,
                1e16) if len(spec) < 5 else ()):
            file.case("float", format, value, spec)
    for value in FLOATS + [0.05, 0.5, 1.5, 2.5, 0.25, 0.35, 1.25]:
        for spec in (".0f", ".1f", ".0e", ".3e", ".3g", "g", ".20g", ".340f", ".12"):
            if len(format(value, spec)) < 200:
                file.case("float", format, value, spec)
    for spec in STR_SPECS.split("|"):
        for value in ("", "abc", "été"):
            file.case("str", format, value, spec)
    for spec in ("e|f|g|.2f|.3|+|-| |+.1f|*>30|*^30.1f|<30|030|=30|0>30|n|%|d|,|,.2f|_|.4,f|z.0f|#|#.0f|E|G|"
                 "F|q|.2147483648f|z|+z.1f| g").split("|"):
        for value in (1 + 2j, -1234.5 - 0.001j, 3j, complex(-0.0, -0.0), complex(float("inf"), float("nan"))):
            file.case("complex", format, value, spec)
    file.write()


def percents():
    file = File("percent")
    for flags in ("", "-", "+", " ", "#", "0", "-0", "+0", "# ", "#0", "#0-", "+ "):
        for size in ("", "8", ".3", "8.3", "1.0", "."):
            for conversion, value in (("d", 255), ("i", -7), ("x", 255), ("X", -255), ("o", 8), ("f",
                    3.14159), ("e", -12345.678), ("G", 1e-10), ("g", 1.0),
                                      ("F", float("inf")), ("s", "héllo"), ("r", "it's"), ("a", "é"), ("c",
                                      "é"), ("c", 65), ("u", 0)):
                if (len(flags) + len(size)) % 2 or conversion in "dxfsg" and len(flags) < 2:
                    file.case("str", lambda f, *a: f % a, f"<%{flags}{size}{conversion}>", value)
                    if conversion in "dxfc" and value != "é":
                        file.case("bytes", lambda f, *a: f % a, f"<%{flags}{size}{conversion}>".encode(),
                                value)
    some = [
        ("", ), ("abc", ), ("%%", ), ("100%%|%d", 1), ("%", ), ("%d", ), ("%d%d", 1), ("%5%", ), ("%5%", 1),
        ("%-", 1), ("%.", 1), ("%l", 1), ("%lld", 1), ("%hd|%ld|%Ld", 1, 2, 3),
        ("%z", 1), ("%z", ), ("%é", 1), ("%\n", 1), ("ab%y", 1), ("%\x00", 1), ("%~", 1), ("%*d|", 5, 3),
        ("%-*d|", 5, 3), ("%*d|", -5, 3), ("%.*f", 2, 3.14159), ("%.*f", -2, 3.14159),
        ("%*.*f|", 9, 3, 3.14159), ("%*d", "a", 3), ("%.*d", "a", 3), ("%*", ), ("%*", 1), ("%*d", 1),
        ("%99999999999999999999d", 1), ("%.99999999999d", 1), ("%.2147483648d", 1),
        ("%(a", 1), ("%(a)s", 1), ("%(a)", 1), ("%s %s", 1, 2), ("%s", 1, 2), ("a", 1), ("%c", 0x110000),
        ("%c", -1), ("%c", 2**70), ("%5c|%-5c|", 0x1F600, "b"), ("%.0s|%.0c|", "abc", "x"),
        ("%d", 2**80), ("%x", -2**80), ("%030d", 2**80), ("%.30x", 2**80), ("%e", 0.0), ("%.0e", 5e-324),
        ("%.400f|", 1.5), ("%b", 1), ("%%%s%%", 1), ("é%sé", "ü"), ("%s%%", 5),
    ]
    for template, *args in some:
        file.case("str", lambda f, *a: f % a, template, *args)
        if template.isascii() and not any(isinstance(arg, str) for arg in args):
            file.case("bytes", lambda f, *a: f % a, template.encode(), *args)
    for template, *args in ((b"%s|%b|%5.1s|%-5b|", b"x", b"y", b"zz", b"w"), (b"%c|%5c", 65, 66), (b"%c",
            256), (b"%c", -1), (b"%\xff", 1), (b"%a|%r", "é", "é")):
        file.case("bytes", lambda f, *a: f % a, template, *args)
    for template in ("%(a)s", "%(a)s %(b)s", "%((a))s|%()s", "%(a", "%(a)", "%(a)5s|%(b)-5s|", "%(a)%",
            "%(a)z", "%(é)s", "%(a)*d", "%(a)s %s", "%%%(a)s"):
        file.case("mapping", lambda f, a: f % dict(a), template,
                  [["a", "x"], ["b", "y"], ["(a)", "z"], ["", "w"], ["é", "v"]])
    file.write()


def templates():
    import _string
    file = File("template")
    parsed = """|abc|{|}|{}|{{|}}|{{}}|a{{b}}c|{}}|{{}|{0|{0!|{0!r|{0!r}|{0!rx}|{0!}|{0!:}|{0!x}|{0!r:}|
{0!r:>5}|{0:|{0:{|{0:{}|{0:{}}|{:{}{}}|{:{:{}}}|a{b}c{d}e|
{a.b[c]}|{a[{]}|{a[}]}|{a[:]}|{a[!]}|{a[}|{a{b}}|{:}}|{:{{}}}|{é!é:é}|{ a }|}{|{}{}|{a:}}}|x{a}}y|
{a!s:{b!r:{c}}}|{[|{]}|{[]]}|a{|{a!|{a:b{c}d{e}f}|{0!rr}""".replace("\n", "")
    for text in parsed.split("|"):
        file.case("parse", lambda t: list(_string.formatter_parser(t)), text)
    for name in ("|a|0|00|12|a.b|a[0]|a[b].c[1]|.a|[a]|a.|a[|a[]|a[b]c|a..b|a[99999999999999999999]|"
                 "99999999999999999999|٣|a[٣]|+1|-1|a[-1]| 0|a[b.c]|a[b[c]|a]|a[0x]|1.5|a.b.|a.[b]|é.ü[ö]").split("|"):
        def split(name):
            first, rest = _string.formatter_field_name_split(name)
            return [first, [list(item) for item in rest]]
        file.case("split", split, name)
    for template, *args in (
            ("{} {}", 1, 2), ("{1} {0}", 1, 2), ("{} {1}", 1, 2), ("{0} {}", 1, 2), ("{:{}}|", 1, 5),
            ("{:{}}|", "a", 5), ("{0:{1}}|", 1, 5), ("{:{0}}", 1, 2), ("{0:{}}", 1, 2),
            ("{:{:{}}}", 1, 5, 3), ("{!r:>6}|{!s:<5}|{!a}", "a", "b", "é"), ("{!x}", 1), ("{!é}", 1),
            ("{!:}", 1), ("{:x{}}", 255, 2), ("{:,}", 1234567), ("{:{}{}}|", 5, "*^", 9),
            ("{} {}", 1), ("{5}", 1), ("a{{{}}}b", 1), ("{:!r}", 3), ("{:{{}}}", 1), ("{0[0]}", "abc"),
            ("{0!r:{1}}|", "x", 5), ("{:{!r}}", 5, "x"), ("{}}", 1), ("{} }", 1), ("{} {", 1)):
        file.case("format", str.format, template, *args)
    file.write()


CODECS = ["utf-8", "ascii", "latin-1", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
HANDLERS = ["strict", "ignore", "replace", "backslashreplace", "surrogateescape", "surrogatepass",
        "xmlcharrefreplace"]


def codecs():
    file = File("codec")
    for value in ("", "abc", "é€", "\U0001f600a", "a\ud800b", "\ud800\udc00", "\udc80\udcff€",
            "x\udc80\ud800é"):
        for codec, handler in itertools.product(CODECS, HANDLERS):
            if handler == "strict" or not value.isascii():
                file.case("encode", str.encode, value, codec, handler)
    utf8 = [b"abc", b"\xc3\xa9\xf0\x9f\x98\x80", b"\xff", b"a\xc3", b"\xe2\x82", b"\xe2(\xa1",
            b"\xed\xa0\x80x", b"\xed\xa0", b"\xf0\x9f\x98", b"\xf0\x9f\x98a", b"\xf0\x9fa",
            b"\xf4\x90\x80\x80", b"\xc0\x80", b"\xf0\x80\x80\x80", b"\xe0\x80\x80", b"\x80\x80",
            b"\xed\xbf\xbf\xff", b"\xef\xbb\xbfa", b"a\xf5b\xc1c"]
    utf16 = [b"a", b"\xff\xfea\x00", b"\xfe\xff\x00a", b"a\x00b", b"\x00\xd8", b"\x00\xd8a\x00",
            b"\x00\xdca\x00", b"\x00\xd8=", b"=\xd8\x00\xdeb\x00", b"\xd8\x00\xdc\x01\x00",
            b"\xff\xfe\x00\xdc"]
    utf32 = [b"a\x00\x00\x00", b"a\x00\x00", b"\x00\xd8\x00\x00", b"\x00\x00\x11\x00",
            b"\xff\xfe\x00\x00a\x00\x00\x00", b"\x00\x00\xfe\xff\x00\x00\x00a",
            b"\x00\x00\xfe\xff\x00\x00\xdc\x00", b"\x00\x00\x00\xff\x01"]
    for codec in CODECS:
        values = utf32 if "32" in codec else utf16 if "16" in codec else utf8
        for value, handler in itertools.product(values, HANDLERS):
            file.case("decode", bytes.decode, value, codec, handler)
    for name in ("UTF8|U8|utf--8|utf 8| utf-8|utf-8 |latin1|ISO-8859-1|L1|us-ascii|UTF-16BE|utf16|8859|646|"
                 "cp65001|utf_32_le|iso-ir-100|foo|utf-8é|utf.8||iso_646.irv_1991|ANSI_X3.4-1968").split("|"):
        file.case("named", lambda name: "é€"[:1].encode(name, "ignore"), name)
    file.write()


SECTIONS = [text, byte_strings, floats, ints, complexes, formats, percents, templates, codecs]


def main():
    assert sys.version_info[:2] == (3, 14)
    OUT.mkdir(parents=True, exist_ok=True)
    for section in SECTIONS:
        random.seed(section.__name__)
        section()


main()
