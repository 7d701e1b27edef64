# Constants: folding, merging and what they look like at run time.
print(1 + 2 * 3, -5, 2**10, "a" * 5, (1, 2) + (3,), 10 // 3, 7 % 4, 1 << 8, ~5, not True, "ab"[0], (1, 2, 3)[1])
print(1 if True else 2, 0 or "x", 3 and 4, -0.0, 1e3, 0x1F, 0b11, 0o17, 1_000, 1j * 1j, "\x41", b"\x41")
print("implicit " "joining " "of literals", "ab" == "a" "b")
print(2 in (1, 2), 2 in [1, 2], 2 in {1, 2}, "b" in ("a", "b"), [1, 2, 3], (1, (2, 3), "x"), {1, 2}, {"a": 1, "b": 2})
print(100000000000000000000, 1.0, 1, True, 1 == 1.0, (1, 1.0, True), 0.0, -0.0, 0)
print(1 / 2, 2**100, 2 ** -1, 5 - -5, +3, --3, 1 < 2, 3 != 3)
for x in (1, 2, 3):
    pass
for y in [4, 5]:
    pass
print(x, y, [*(1, 2)], 7 if x else 8)
if 0:
    print("never")
if 1:
    print("always")
while 0:
    print("never")
assert 1, "never"


def f():
    "docstring"
    return 5
    print("unreachable")


def g():
    "only a docstring"


def h():
    """  indented
       doc
    """


print(f(), f.__doc__, g(), g.__doc__, repr(h.__doc__), f.__code__.co_consts[:1])
try:
    1 / 0
except ZeroDivisionError as error:
    print(error)
print("%s and %d" % ("text", 5), "%r" % (1,), "{}".format(1), f"{1}{'a'}{2.5}")
