# The database of Unicode: names, classes, numbers, forms; what is refused.
import unicodedata


def tried(function, *args, **names):
    try:
        print(function.__name__, args, repr(function(*args, **names)))
    except Exception as error:
        print(function.__name__, args, type(error).__name__, error)


print(unicodedata.unidata_version)
for name in [
    "cjk unified ideograph-4e00", "CJK UNIFIED IDEOGRAPH-4E00", "CJK UNIFIED IDEOGRAPH-04E00",
    "CJK UNIFIED IDEOGRAPH-4e00", "CJK UNIFIED IDEOGRAPH-41", "HANGUL SYLLABLE GAG", "hangul syllable ga",
    "HANGUL SYLLABLE", "HANGUL SYLLABLE X", "CJK COMPATIBILITY IDEOGRAPH-F900", "TANGUT IDEOGRAPH-17000", "NULL", "LF",
    "latin small letter r with tilde", "nope", "", "x" * 300, "é", "KEYCAP DIGIT ONE", "BELL", "ALERT", "EM DASH",
    "  EM DASH", "EM  DASH", b"EM DASH", "CJK UNIFIED IDEOGRAPH-20000", "CJK UNIFIED IDEOGRAPH-9FFFF", 3,
]:
    tried(unicodedata.lookup, name)
tried(unicodedata.lookup)
for args in [
    ("ab",), ("",), (3,), ("\0",), ("\0", "d"), ("\0", None), ("각",), ("힣",), ("\U00017000",), ("\uf900",),
    ("a", 1, 2), (), ("a",), ("\ud800",), ("\U0010ffff",),
]:
    tried(unicodedata.name, *args)
for function in unicodedata.decimal, unicodedata.digit, unicodedata.numeric:
    for ch in "5²½xⅧ一൰༳\U00016b61":
        tried(function, ch)
        tried(function, ch, None)
    for args in ("ab",), (5,), ():
        tried(function, *args)
for function in (
    unicodedata.category, unicodedata.bidirectional, unicodedata.combining, unicodedata.east_asian_width,
    unicodedata.mirrored, unicodedata.decomposition,
):
    for ch in "a(é\u0301ﬁ가각中\u0378\ud800\U0010ffff\u05d0\u3000":
        tried(function, ch)
    for args in ("ab",), (1,), (), ("",):
        tried(function, *args)
for text in [
    "é", "e\u0301", "ﬁ", "가", "\u1100\u1161\u11a8", "각", "\u0344", "\u212b", "a\u0315\u0300\u05ae\u0301b", "½", "",
    "abc", "\u0958", "\u2126", "q\u0307\u0323", "\u1e9b\u0323", "\ud800e\u0301", "\u0041\u0300\u0316", "\u09c7\u09be",
    "\U0001d15e", "\u1112\u1175\u11c2\u11a8", "\u3131", "\u0f71\u0f72\u0f80", "e\u0301\u0301", "\u0301\u0301a",
]:
    for form in "NFC", "NFD", "NFKC", "NFKD":
        tried(unicodedata.normalize, form, text)
        tried(unicodedata.is_normalized, form, text)
tried(unicodedata.normalize, "x", "a")
tried(unicodedata.is_normalized, "x", "a")
tried(unicodedata.normalize, "x", "")
tried(unicodedata.normalize, "NFC")
tried(unicodedata.normalize, 1, "a")
tried(unicodedata.normalize, "NFC", 1)


class Text(str):
    pass


text = Text("abc")
same = unicodedata.normalize("NFC", text)
print(same is text, type(same))
text = "abc" * 2
print(unicodedata.normalize("NFC", text) is text)

print(unicodedata.UCD, unicodedata.ucd_3_2_0.unidata_version)
try:
    unicodedata.UCD()
except TypeError as error:
    print(error)
total = 0
for point in range(0, 0x110000, 641):
    ch = chr(point)
    known = [unicodedata.name(ch, None), unicodedata.category(ch), unicodedata.bidirectional(ch)]
    known += [unicodedata.combining(ch), unicodedata.east_asian_width(ch), unicodedata.mirrored(ch)]
    known += [unicodedata.decomposition(ch), unicodedata.numeric(ch, None)]
    known += [unicodedata.normalize(form, ch) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    total = (total * 31 + hash(repr(known))) % 2**48
print(total)
