"""Writes src/text/unicode_table.rs from what CPython 3.14 says of every code point.

    python3.14 tests/unicode_tables.py > src/text/unicode_table.rs

All is asked of str's own methods, so that the tables hold what those methods answer (Unicode 16.0), and
not what another version of Unicode would.
"""

import sys
import unicodedata

FLAGS = [
    ("ALPHA", str.isalpha),
    ("DECIMAL", str.isdecimal),
    ("DIGIT", str.isdigit),
    ("NUMERIC", str.isnumeric),
    ("PRINTABLE", str.isprintable),
    ("SPACE", str.isspace),
    ("UPPER", str.isupper),
    ("LOWER", str.islower),
    ("TITLE", lambda ch: ch.istitle() and not ch.isupper()),
    ("ID_START", str.isidentifier),
    ("ID_CONTINUE", lambda ch: ("a" + ch).isidentifier()),
    # title() lowers what follows a cased character, and only that.
    ("CASED", lambda ch: (ch + "a").title()[-1] == "a"),
    # lower() looks for a cased character before a capital sigma, through ignorable ones.
    ("IGNORABLE", lambda ch: ("A" + ch + "\u03a3").lower()[-1] == "\u03c2" != (ch + "\u03a3").lower()[-1]),
]


def flags_of(ch):
    return sum(bool(test(ch)) << bit for bit, (_, test) in enumerate(FLAGS))


def runs_of(deltas):
    """Code points and deltas as runs (first, last, stride, delta), strides 1 and 2."""
    points, runs, at = sorted(deltas), [], 0
    while at < len(points):
        first, delta = points[at], deltas[points[at]]
        length, stride = 1, 1
        for candidate in (1, 2):
            here = 1
            while at + here < len(points) and points[at + here] == first + here * candidate \
                    and deltas[points[at + here]] == delta:
                here += 1
            if here > length:
                length, stride = here, candidate
        runs.append((first, first + (length - 1) * stride, stride, delta))
        at += length
    return runs


def mapping(name, doc, full, base):
    """What `full` maps differently from `base`, as a table of runs and one of several characters."""
    single, several = {}, {}
    for point in range(0x110000):
        ch = chr(point)
        mapped = full(ch)
        if mapped == base(ch):
            continue
        if len(mapped) == 1:
            single[point] = ord(mapped) - point
        else:
            several[point] = [ord(m) for m in mapped] + [0] * (3 - len(mapped))
    print(f"\n/// {doc}: (first, last, stride, what to add).")
    print(f"pub const {name}_RUNS: &[(u32, u32, u32, i32)] = &[")
    for first, last, stride, delta in runs_of(single):
        print(f"    (0x{first:04X}, 0x{last:04X}, {stride}, {delta}),")
    print("];")
    print(f"\n/// {doc}, where that is several: (from, to), with zeros at the end.")
    print(f"pub const {name}_SEVERAL: &[(u32, [u32; 3])] = &[")
    for point, mapped in several.items():
        print(f"    (0x{point:04X}, [{', '.join(f'0x{m:04X}' for m in mapped)}]),")
    print("];")


def main():
    assert sys.version_info[:2] == (3, 14)
    print("//! What CPython 3.14 knows of every code point: Unicode", unicodedata.unidata_version + ".")
    print("//!")
    print("//! Written by tests/unicode_tables.py; change that, not this.\n")
    for bit, (name, _) in enumerate(FLAGS):
        print(f"/// A bit of [`CLASSES`].\npub const {name}: u16 = 1 << {bit};")
    every = [flags_of(chr(point)) for point in range(0x110000)]
    classes = sorted(set(every))
    assert len(classes) <= 256
    number = {flags: index for index, flags in enumerate(classes)}
    print("\n/// The sets of bits that occur.")
    print(f"pub const CLASSES: [u16; {len(classes)}] = [{', '.join(f'0x{flags:04x}' for flags in classes)}];")
    print("\n/// The class of every code point below 0x100.")
    print(f"pub const LATIN: [u8; 256] = [{', '.join(str(number[flags]) for flags in every[:256])}];")
    starts = [point for point in range(0x110000) if point == 0 or every[point] != every[point - 1]]
    print("\n/// Where a run of code points of one class begins: the code point times 256, plus the class.")
    print(f"pub const RUNS: [u32; {len(starts)}] = [")
    for at in range(0, len(starts), 8):
        print("    " + ", ".join(f"0x{point << 8 | number[every[point]]:08x}" for point in starts[at:at + 8]) + ",")
    print("];")
    zeros = [point for point in range(0x110000) if chr(point).isdecimal() and unicodedata.decimal(chr(point)) == 0]
    for zero in zeros:
        assert all(unicodedata.decimal(chr(zero + value)) == value for value in range(10))
    assert 10 * len(zeros) == sum(chr(point).isdecimal() for point in range(0x110000))
    print("\n/// The zero of every set of decimal digits; its nine others follow it.")
    print(f"pub const ZEROS: [u32; {len(zeros)}] = [{', '.join(f'0x{zero:04X}' for zero in zeros)}];")
    mapping("UPPER", "Upper case, where it differs from the character", str.upper, lambda ch: ch)
    mapping("LOWER", "Lower case, where it differs from the character", str.lower, lambda ch: ch)
    mapping("TITLE", "Title case, where it differs from upper case", str.title, str.upper)
    mapping("FOLD", "Folded case, where it differs from lower case", str.casefold, str.lower)


main()
