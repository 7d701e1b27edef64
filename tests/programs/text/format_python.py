# Formatting and conversions that run Python code in the middle.
class A:
    def __init__(self, n): self.n = n
    def __format__(self, s): return f"<{self.n}:{s}>"
    def __str__(self): return f"A{self.n}"
    def __repr__(self): return f"A({self.n})"
    def __getitem__(self, k): return A((self.n, k))
    def __getattr__(self, k):
        if k.startswith("__"): raise AttributeError(k)
        return A((self.n, k))
    def __index__(self): return 7
    def __int__(self): return 8
    def __float__(self): return 2.5
    def __bytes__(self): return b"bytes of A"
    def keys(self): return ["x"]
print("{0:{1}} {0.foo[3][bar].baz!r:>30} {x!s:^{w}}|".format(A(1), A(2), x=A(3), w=12))
print("{a.b} {a[b]} {}".format(5, a=A(9)))
print("{a.b} {a[b]}".format_map({"a": A(1)}))
class M:
    def __getitem__(self, k): return f"item {k}"
print("{a} {b} {c.__class__}".format_map(M()))
print("%(a)s %(b)r %%" % M())
class D(dict):
    def __missing__(self, k): return k.upper()
print("%(a)s %(bb)10s|" % D(a=1), "{zz}".format_map(D()))
print("%s %r %d %x %5.1f %c|%-5s|%05d" % (A(1), A(2), A(3), A(4), A(5), A(65), A(6), A(7)))
print(b"%s %b %d %x %c %a" % (A(1), A(1), A(1), A(1), A(1), A(1)))
print(f"{A(1)} {A(2)!r} {A(3):>{A(4)}} {A(5)!s:10}|")
def g():
    for i in range(3):
        yield A(i)
print(bytes(g()), bytearray(g()), b"-".join(bytes([i]) for i in g()))
try:
    print("{0.x.y.__bad}".format(A(1)))
except Exception as e: print(type(e), e)
class E:
    def __str__(self): raise ValueError("no str")
    def __int__(self): raise TypeError("bad int")
    def __format__(self, s): raise KeyError(s)
    def __index__(self): raise ZeroDivisionError
for f in [lambda: "%s" % E(), lambda: "%d" % E(), lambda: "{}".format(E()), lambda: f"{E():x}", lambda: "%x" % E(), lambda: "%c" % E(), lambda: bytes(E()), lambda: bytearray([E()]), lambda: str(E()), lambda: int(E()), lambda: "a" * E(), lambda: "abc".center(E())]:
    try: print(f())
    except BaseException as e: print(type(e).__name__, e, e.__context__)
a = bytearray(b"abc")
class Grow:
    def __index__(self):
        a.extend(b"xyz"); return 65
a[1] = Grow(); print(a)
a[0:2] = (Grow() for _ in range(2)); print(a)
a.append(Grow()); print(a)
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 4: raise StopIteration
        return self.i
    def __length_hint__(self): print("hint"); return 4
print(bytes(It()), bytearray(It())); a = bytearray(); a.extend(It()); print(a)
print(int.from_bytes(It()), complex(A(1)), complex(A(1), A(2)), float(A(1)), int(A(1)), round(2.34567, A(1)))
print("abc".join(str(x) for x in g()), "x".join(map(str, g())))
print("a b c".split(maxsplit=1), "a-b-c".rsplit("-", 1), "ab".encode("utf-8", "strict"), b"ab".decode(errors="ignore"))
print("%s" % (("x",)), "%s %s" % ("x", ("y",)), "%s" % [1, 2], "%(x)s" % {"x": (1, 2)})
print("{:,} {:_} {:+} {: } {:e} {:%} {:b} {:#x} {:n} {:c}".format(1234567, 1234567, 5, 5, 12345.678, 0.5, 5, 255, 1234, 65))
print("{:*^20} {:<5}| {:>5} {:05} {:.3} {!r:>8}".format("mid", "l", "r", 42, "truncate", "q"))
print("{:10.3f}|{:<10.2e}|{:^+10.1f}|{:010.2f}|{:.0f}|{:g}|{:G}".format(3.14159, 31415.9, 2.5, -2.5, 2.5, 1e20, 1e-7))
print("{:.2f} {:>10} {}".format(1+2j, 1+2j, 3j), f"{1e16} {1e15} {-0.0} {float('nan'):5} {float('inf'):+}")
x = 5; y = "txt"
print(f"{x=} {y=!s} {x = :>4} {y!r:^7} {x:{x}} {x!r:>{x}}", f"{'nested ' + f'{x}'}", f"{{}} {x}}}")
print("%5s|%-5s|%.2s|%5.1s|%c%c" % ("ab", "ab", "abc", "abc", "x", 121), "%+d % d %05d %-5d| %x %X %#x %o %#o %e %E %g %G" % (5, 5, 42, 42, 255, 255, 255, 8, 8, 1.5, 1.5, 1e-10, 1e20))
print("%i %u %5.2d %.5d" % (3.99, 4, 5, 6), "%r %a" % ("é", "é"), "%%")
import sys
print(repr(bytes(range(256))))
print("".join(chr(i) for i in range(32, 127)).swapcase())
def z(b: bytes = b"\x00"): return b + b"!"
print(z(), z(b"x"), {b"a": 1, b"b": 2}, {b"x"}, [b"q"], (b"t",), b"a" in {b"a"}, b"abc"[::-1], b"abcdef"[1:5:2])
