"""Strings of all kinds."""
a = "plain" 'joined' """and
long"""
b = b"bytes" rb"\raw" b'\x00\377'
c = "\N{DIGIT ONE}\u00e9\U0001f600\x41\101\
\ud800 \udfff"
d = u"unicode" "more"
e = f"{a}", f"{a!r}", f"{a!s:>10}", f"{a:{b}.{c}}", f"{a=}", f"{ a = !s}", f"{a=:10}", f"{{{a}}}"
f = f"one {a} two {b!a} three" "four {not}" rf"\{a}" f""
g = f"""{
    a  # a comment
    + b
} and {a:%H:%M}
"""
h = f"{f"{f"{a}"}"}", f"{a if b else c}", f"{(lambda: 1)()}", f"{ {1: 2}[1] }", f"{a,}"
i = "%s and %r" % (a, b), "%-10s|%5.2a%%" % (a, b), "%d" % (a,), "%s" % a, "%s %s" % (a,), "" % ()
j = t"template {a} {b!r:>{c}} {d=}", t"", t"{a}" t"{b}"
k = f"{a}{b}{c}{d}{a}{b}{c}{d}{a}{b}{c}{d}{a}{b}{c}{d}{a}{b}{c}{d}{a}{b}{c}{d}{a}{b}{c}{d}{a}{b}{c}{d}{a}"
l = 1, 1.0, True, 0.0, -0.0, 1j, 0x_ff, 0o17, 0b11, 1_000, 1e10, 123456789012345678901234567890, ...
m = -1, ~1, not 1, 1 + 2 * 3 ** 2, "a" * 3, (1, 2)[0], "abc"[1], (1, 2) + (3,), 7 // 2 % 3, 1 << 70, 1 / 0
n = a[1:2], a[:], a[1:], a[::2], a[b:c], a[b:c:d], a[1:b], a[None:2], a["x":], a[1, 2], a[...], a[b:, c], a[*b]
o = 1 in [1, 2], a in {1, 2}, a in [b, c], [x for x in [1, 2, 3]]
__debug__, None, "statement", 1
