"""UTF-7: what is written as it is, sections in base 64, what is wrong with them, and input that comes in parts."""

from _codecs import register_error, utf_7_decode, utf_7_encode, utf_8_decode


def t(function, *args):
    try:
        print(ascii(args), ascii(function(*args)))
    except Exception as error:
        print(ascii(args), type(error).__name__, ascii(str(error)), getattr(error, "__notes__", ""))


for text in ["", "a+b", "~\\", "é", "aé-b", "é.", "é b", "€+", "\U0001f600", "\ud83d", "\ude00\ud83d", "x\x00y", "ab" + "é" * 3]:
    t(utf_7_encode, text)
    assert utf_7_decode(utf_7_encode(text)[0], "strict", True)[0] == text
print(ascii("".join(chr(point) for point in range(128) if utf_7_encode(chr(point))[0] == bytes([point]))))

BAD = [
    b"a\xffb", b"+", b"+-", b"+\xe9", b"+,", b"a+IKx", b"+IK", b"+IKwx", b"+IKx-a", b"+AOkA-", b"+A-", b"+AAA-", b"+AB-", b"+2D0-", b"+2D0\xe9",
    b"+2D0", b"+2D3eAA-", b"+2D0A6Q", b"a+AOk+", b"+AOk-+AOk", b"+AOkA6Q-x",
]
for data in BAD:
    t(utf_7_decode, data)
    for errors in ["strict", "replace", "ignore", "backslashreplace", "surrogateescape", "surrogatepass"]:
        t(utf_7_decode, data, errors, True)


def again(error):
    print("  handler", error.encoding, error.start, error.end, error.reason)
    return "<", error.start + 1


register_error("again", again)
for data in BAD:
    t(utf_7_decode, data, "again", True)

for text in ["é+", "plain"]:
    t(text.encode, "utf-7")
t(b"+AOk-+-".decode, "UTF7")
t(b"+AOk-\xff".decode, "utf-7", "replace")
t(str, b"+A", "u7")

# Half a surrogate that a handler may want.
for data in [b"\xed", b"\xed\xa0", b"\xed\xa0\x80", b"a\xed\xbf", b"\xed\x9f", b"\xed\xa0x", b"\xed\xa0\xed\xa0"]:
    for errors in ["strict", "surrogatepass", "replace"]:
        for ended in [False, True]:
            t(utf_8_decode, data, errors, ended)
