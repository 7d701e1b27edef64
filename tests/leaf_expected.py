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
        except (ValueError, TypeError, ArithmeticError, MemoryError, IndexError, KeyError) as error:
            answer = {"error": type(error).__name__, "message": str(error)}
            if isinstance(error, UnicodeError):
                answer["reason"] = [error.encoding, error.start, error.end, error.reason]
        line = json.dumps([operation, plain(args), answer], ensure_ascii=False, separators=(",", ":"))
        self.lines[line] = None

    def write(self):
        path = OUT / f"{self.name}.jsonl"
        path.write_text("".join(line + "\n" for line in self.lines))
        print(f"{path.name}: {len(self.lines)} cases, {path.stat().st_size} bytes")


TEXTS = [
    "", "a", "A", " ", "abc", "ABC", "Hello, World", "hello world", "  padded\t\n", "aaa", "abababab", "a,b,,c,",
    "1 2  3   4", "one\ntwo\r\nthree\rfour\x0bfive\x0csix\x1cseven\x85eight\u2028nine\u2029", "\x1ca\x1fb", "tab\tsep\ta\n\tx",
    "straße", "ΣΊΣΥΦΟΣ", "ΑΣ", "ΑΣ.", "Σ", "ΑΣ'Β", "aΣ́", "Ǆabc", "ǆ", "ǅ", "ŉx", "İstanbul", "ıi", "ﬁne", "ΐ", "ᾳ", "ᾼ", "Ꭰꭰ",
    "they're bill's", "x٣٤", "٣٤", "²³", "½", "Ⅷ", "一二", "_id", "9id", "é_x", "été", "℘x", "a·b", "\u200b", "\xa0x\u3000", "a\xad",
    "\U0001f600 smile", "\U00010400\U00010428", "\ud800", "a\udc80b", "-42", "+7", "--", "-", "ab" * 12 + "c", "café café café",
    "\x00", "a'b", 'a"b', "a'\"b", "back\\slash", "\x7f\x80\xff", "\u0378", "\ue000", "\U0010ffff", "mIxEd CaSe", "ʰx", "ªº", "ⓐⒶ",
]
BYTES = [
    b"", b"a", b"abc", b"ABC", b" \t\n\r\x0b\x0cx ", b"Hello World's", b"\x00\xff\x80", b"a'b", b'a"b', b"'\"", b"\\\n", b"1 2  3",
    b"a,b,,c", b"x\x1cy\x85z", b"one\ntwo\r\nthree\rfour\x0b", b"abababab", b"-12", b"+", b"123", b"\tx\ty\n\tz", b"\xe9A\xc9b",
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
        file.case("all " + name, lambda: [len(chosen), sum(at * point for at, point in enumerate(chosen)) % (1 << 61)])
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
    for value in ("", "a", "ab c", "abc", "zz", "a b", "ab\x1c", "ab é", " 12\t3F ", "1g", "12g", "zzé", "\x00", "AbCd"):
        file.case("fromhex", bytes.fromhex, value)
    file.write()


SECTIONS = [text, byte_strings]


def main():
    assert sys.version_info[:2] == (3, 14)
    OUT.mkdir(parents=True, exist_ok=True)
    for section in SECTIONS:
        random.seed(section.__name__)
        section()


main()
