"""Writes src/machine/text/codec/charmap_table.rs from what CPython 3.14 makes of every byte.

    python3.14 tests/charmap_tables.py > src/machine/text/codec/charmap_table.rs

These are the codecs of one byte a character whose first 128 are those of ASCII.  A byte that stands for nothing
is U+FFFE here, which none of them has.
"""

import codecs
import encodings.aliases
import pkgutil
import unicodedata

ASCII = bytes(range(128)).decode("ascii")


def table_of(name):
    """The characters of the bytes from 128 on, or nothing where it is no such codec."""
    try:
        info = codecs.lookup(name)
        if not info._is_text_encoding or bytes(range(128)).decode(name) != ASCII:
            return None
        upper = [bytes([byte]).decode(name, "replace") for byte in range(128, 256)]
        for index, char in enumerate(upper):
            if char != "\ufffd" and char.encode(name) != bytes([128 + upper.index(char)]) and not char.isascii():
                return None
        if ASCII.encode(name) != ASCII.encode("ascii"):
            return None
        "\ufffe".encode(name)
        return None
    except UnicodeEncodeError as error:
        if error.encoding != "charmap" or any(len(char) != 1 for char in upper):
            return None
        return "".join("\ufffe" if char == "\ufffd" else char for char in upper)
    except (LookupError, UnicodeError):
        return None


def is_plain(char):
    """Whether a character can stand in a literal as it is, and is seen there as one."""
    return char.isprintable() and not unicodedata.combining(char) and char not in "\\\"\u200e\u200f"


def main():
    names = sorted(module.name for module in pkgutil.iter_modules(encodings.__path__))
    rows = []
    for name in names:
        upper = table_of(name)
        if upper is not None:
            aliases = sorted(alias.lower() for alias, target in encodings.aliases.aliases.items() if target == name)
            rows.append(([name, *aliases], upper))
    print("//! The codecs of one byte a character; written by tests/charmap_tables.py.")
    print()
    print("/// Names, in the form that names are looked up in, and the characters of the bytes from 128 on, with U+FFFE")
    print("/// for a byte that stands for nothing.")
    print("#[rustfmt::skip]")
    print(f"pub(super) static CHARMAPS: [(&[&str], &str); {len(rows)}] = [")
    for aliases, upper in rows:
        shown = "".join(char if is_plain(char) else f"\\u{{{ord(char):x}}}" for char in upper)
        print(f"    (&[{', '.join(chr(34) + alias + chr(34) for alias in aliases)}], \"{shown}\"),")
    print("];")


main()
