"""unicodedata.ucd_3_2_0: what Unicode 3.2 said, as far as it is something else."""

import unicodedata
from unicodedata import ucd_3_2_0 as old

print(old.unidata_version, type(old).__name__)
POINTS = [0x41, 0xA7, 0xAD, 0xB2, 0xE9, 0x37F, 0x7C1, 0x9F4, 0x9F8, 0x1369, 0x1B06, 0x2F868, 0x4E00, 0x9FFF, 0xAC00, 0x1F600]
for point in POINTS:
    for database in [unicodedata, old]:
        ch = chr(point)
        print(
            hex(point), database.category(ch), database.bidirectional(ch), database.combining(ch), database.mirrored(ch),
            database.east_asian_width(ch), database.decimal(ch, "-"), database.digit(ch, "-"), database.numeric(ch, "-"),
            database.name(ch, "-"), database.decomposition(ch),
        )
for text in ["e\u0301", "\u1e9b\u0323", "\u1b06", "\u1b05\u1b35", "\U0002f868", "\u2f868", "\uac00", "ﬁ", "\U000110ab", "a\u0301\u08d3\u0323", "plain"]:
    for form in ["NFC", "NFD", "NFKC", "NFKD"]:
        same = old.normalize(form, text) == unicodedata.normalize(form, text)
        print(ascii(text), form, ascii(old.normalize(form, text)), same, old.is_normalized(form, text))
for name in ["LATIN SMALL LETTER A", "egyptian hieroglyph a001", "NULL", "KEYCAP DIGIT ONE", "CJK UNIFIED IDEOGRAPH-9FFF", "LATIN CAPITAL LETTER GHA", "no such"]:
    for database in [unicodedata, old]:
        try:
            print(ascii(database.lookup(name)))
        except KeyError as error:
            print(error)
for call in [lambda: old.name("\U0001f600"), lambda: old.name("ab"), lambda: old.category(1), lambda: old.decimal("\u0661", 1, 2), lambda: old.normalize("x", "é"), lambda: old.category()]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
