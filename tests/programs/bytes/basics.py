# bytes: literals, indexes, methods, and how they differ from str.
data = b"hello\x00\xff\n\t'\"\\"
print(data, len(data), data[0], data[-1], data[1:3], list(data[:3]))
print(b"it's", b'say "hi"', bytes([65, 66, 67]), bytes(3), bytes("é", "utf-8"), b"a" b"b", bytes())
print(b"abc" + b"def", b"ab" * 2, b"b" in b"abc", 98 in b"abc", b"abc" < b"abd", b"abc" == "abc")
print(b"a,b,c".split(b","), b"-".join([b"x", b"y"]), b"abc".replace(b"b", b"X"), b" x ".strip(), b"abc".upper(), b"abc".find(b"c"), b"abc".startswith(b"ab"))
print(b"abc".hex(), b"abc".hex(" "), bytes.fromhex("61 62 63"), b"abc".decode(), hash(b"abc") == hash("abc"))
for byte in b"xyz":
    print(byte, end=" ")
print()
print(b"%d-%s" % (5, b"x"), b"abc".isalpha(), b"123".isdigit(), b"aXb".swapcase(), b"ab".center(6, b"*"))
for what in (lambda: bytes([256]), lambda: b"a" + "b", lambda: b"abc"[5], lambda: bytes("x"), lambda: "x" in b"xyz", lambda: bytes([-1])):
    try:
        print(what())
    except (ValueError, TypeError, IndexError) as error:
        print(type(error).__name__, error)
