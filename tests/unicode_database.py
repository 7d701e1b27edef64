"""Writes assets/unicode.bin: what CPython's module unicodedata says of every code point (Unicode 16.0).

    python3.14 tests/unicode_database.py NameAliases.txt NamedSequences.txt > assets/unicode.bin

All but two things is asked of the module itself.  Which other names there are for characters, and for sequences of
them, nobody can ask it; the two files of the Unicode character database say so, and what the module does not know of
that is left out.

The file is a deflated text (zlib) of sections that begin with a form feed, each of lines; numbers are hexadecimal:

1  properties that occur together: category, bidirectional class, combining class, mirrored, width
2  where a run of code points with the same properties begins, as a step from the one before, and which they are
3  a code point, whether it is made again when what it was taken apart into is put together, what that is
4  a code point, its values as a decimal digit, as a digit, as a number, each "-" where it is none
5  first and last of code points whose names are a prefix and their number, the prefix
6  a step from the last code point, its name
7  one or more code points, another name for them
8  as 5, of names that only find characters, and that nobody is told
9  as 1, of Unicode 3.2, as all that follows: `unicodedata.ucd_3_2_0`
10 as 2
11 as 4, where something else is said of a code point than in section 4
12 a code point, what normal forms take it apart into where that is something else

Code points of category Cn in section 9 have no names and are made of nothing.
"""

import sys
import unicodedata
import zlib

LAST = 0x10FFFF
# What may stand before the number in the name of a character that is not told it.
FOUND_ONLY = ["TANGUT IDEOGRAPH-", "NUSHU CHARACTER-", "KHITAN SMALL SCRIPT CHARACTER-"]


def properties(unicodedata=unicodedata):
    numbers, lines, runs, before, start = {}, [], [], None, 0
    for point in range(LAST + 1):
        ch = chr(point)
        found = (
            unicodedata.category(ch), unicodedata.bidirectional(ch) or "-", f"{unicodedata.combining(ch):x}",
            str(unicodedata.mirrored(ch)), unicodedata.east_asian_width(ch),
        )
        if found == before:
            continue
        if found not in numbers:
            numbers[found] = len(numbers)
            lines.append(" ".join(found))
        runs.append(f"{point - start:x} {numbers[found]:x}")
        before, start = found, point
    return lines, runs


def decompositions():
    for point in range(LAST + 1):
        ch = chr(point)
        parts = unicodedata.decomposition(ch)
        if parts:
            again = unicodedata.normalize("NFC", unicodedata.normalize("NFD", ch)) == ch
            yield f"{point:x} {int(again)} {parts}"


def numbers():
    for point in range(LAST + 1):
        values = number(unicodedata, chr(point))
        if values != ["-"] * 3:
            yield f"{point:x} {values[0]} {values[1]} {values[2]!r}".replace("'", "")


def number(database, ch):
    return [database.decimal(ch, "-"), database.digit(ch, "-"), database.numeric(ch, "-")]


def old_numbers():
    old = unicodedata.ucd_3_2_0
    for point in range(LAST + 1):
        values = number(old, chr(point))
        if values != number(unicodedata, chr(point)):
            yield f"{point:x} {values[0]} {values[1]} {values[2]!r}".replace("'", "")


def old_parts():
    old = unicodedata.ucd_3_2_0
    for point in range(LAST + 1):
        ch = chr(point)
        if old.category(ch) == "Cn":
            assert (old.name(ch, ""), old.decomposition(ch), old.normalize("NFKD", ch)) == ("", "", ch)
            continue
        assert old.name(ch, "") == unicodedata.name(ch, "")
        assert old.decomposition(ch) == unicodedata.decomposition(ch)
        parts = old.normalize("NFD", ch)
        if parts != unicodedata.normalize("NFD", ch):
            yield " ".join([f"{point:x}", *(f"{ord(part):x}" for part in parts)])


def names():
    prefixes, lines, last = [], [], 0
    for point in range(LAST + 1):
        name = unicodedata.name(chr(point), "")
        if not name:
            continue
        number = f"{point:X}"
        if name.endswith("-" + number) and point > 0xFF:
            prefix = name.removesuffix(number)
            add_to_range(prefixes, point, prefix)
            continue
        lines.append(f"{point - last:x} {name}")
        last = point
    return shown(prefixes), lines


def add_to_range(ranges, point, prefix):
    if ranges and ranges[-1][1:] == [point - 1, prefix]:
        ranges[-1][1] = point
    else:
        ranges.append([point, point, prefix])


def shown(ranges):
    return [f"{first:x} {last:x} {prefix}" for first, last, prefix in ranges]


def found_only():
    ranges = []
    for prefix in FOUND_ONLY:
        for point in range(0x1000, LAST + 1):
            try:
                found = unicodedata.lookup(f"{prefix}{point:X}") == chr(point)
            except KeyError:
                continue
            if found and not unicodedata.name(chr(point), ""):
                add_to_range(ranges, point, prefix)
    return shown(ranges)


def others(path, name_at, points_at):
    with open(path, encoding="utf-8") as file:
        for line in file:
            fields = line.partition("#")[0].strip().split(";")
            if len(fields) < 2:
                continue
            text = "".join(chr(int(point, 16)) for point in fields[points_at].split())
            try:
                known = unicodedata.lookup(fields[name_at]) == text
            except KeyError:
                continue
            if known and unicodedata.name(text[:1], "") != fields[name_at]:
                yield " ".join(f"{ord(ch):x}" for ch in text) + " " + fields[name_at]


def main():
    assert sys.version_info[:2] == (3, 14)
    lines, runs = properties()
    prefixes, own = names()
    more = [*others(sys.argv[1], 1, 0), *others(sys.argv[2], 0, 1)]
    sections = [lines, runs, list(decompositions()), list(numbers()), prefixes, own, more, found_only()]
    sections += [*properties(unicodedata.ucd_3_2_0), list(old_numbers()), list(old_parts())]
    text = "\f".join("\n".join(section) for section in sections)
    sys.stdout.buffer.write(zlib.compress(text.encode(), 9))


main()
