# match: classes, mappings, sequences, and what may go wrong.
def tt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
class P3(Point):
    __match_args__ = ("x", "y", "z")
    def __init__(self, x, y, z): super().__init__(x, y); self.z = z
class Lazy:
    __match_args__ = ("v",)
    @property
    def v(self): print("v read"); return 7
class Ga:
    __match_args__ = ("v", "w")
    def __getattr__(self, n):
        print("ga", n)
        if n == "w": raise AttributeError(n)
        return 1
def f(o):
    match o:
        case 0 | 1: return "01"
        case int(n) if n > 100: return f"big {n}"
        case int(): return "int"
        case float(f): return f
        case "a" | "b": return "ab"
        case str(s): return "str " + s
        case None: return "none"
        case True: return "never"
        case [] : return "empty"
        case [x]: return ("one", x)
        case [1, 2, *rest]: return ("12", rest)
        case (a, [b, *_], c): return ("nest", a, b, c)
        case [first, *_, last]: return (first, last)
        case {"k": v, **rest}: return ("k", v, rest)
        case {"a": {"b": [c, d]}}: return (c, d)
        case {}: return "map"
        case Point(x=0, y=0): return "origin"
        case P3(x, y, z): return ("p3", x, y, z)
        case Point(x, y): return ("pt", x, y)
        case Lazy(7): return "lazy7"
        case Ga(v, w): return "no"
        case Ga(v=q): return ("ga", q)
        case bytes(b): return b
        case set() | frozenset(): return "set"
        case _: return "anything"
for o in (0, 5, 500, 2.5, "a", "zz", None, True, [], [3], [1, 2, 3, 4], (1, [2, 3], 4), (5, 6, 7), {"k": 1, "z": 2}, {"a": {"b": (1, 2)}}, {1: 2}, Point(0, 0), Point(1, 2), P3(1, 2, 3), Lazy(), Ga(), b"x", {1}, object, range(2), range(1, 4)):
    tt(lambda: f(o))
def g(o):
    match o:
        case Point(1, 2, 3): pass
tt(lambda: g(Point(1, 2)))
notclass = 5
def h(o):
    match o:
        case notclass(): pass
tt(lambda: h(1))
class BadArgs: __match_args__ = ["x"]
class BadArgs2: __match_args__ = (1,)
def i(o):
    match o:
        case BadArgs(x): pass
        case BadArgs2(x): pass
tt(lambda: i(BadArgs())); tt(lambda: i(BadArgs2()))
def j(o):
    match o:
        case Point(x, x=y): pass
tt(lambda: j(Point(1, 2)))
def k(o):
    match o:
        case str(a, b): pass
tt(lambda: k("a"))
class K: A = 1; B = 1
def dup(o):
    match o:
        case {K.A: x, K.B: y}: pass
tt(lambda: dup({1: 2}))
class Map(dict):
    def get(self, k, d=None): print("get", k); return super().get(k, d)
def m(o):
    match o:
        case {"a": a, "b": b}: return a, b
        case {"a": a}: return a
tt(lambda: m(Map(a=1)))
class D(dict):
    def __missing__(self, k): return 1
tt(lambda: m(D()))
class Seq(list): pass
def n(o):
    match o:
        case [a, b]: return "seq"
        case _: return "other"
print(n(Seq([1, 2])), n("ab"), n(b"ab"), n({1, 2}), n(dict.fromkeys("ab").keys()), n((1, 2)))
class IC(type):
    def __instancecheck__(cls, o): print("check"); return True
class Any(metaclass=IC): pass
def o_(o):
    match o:
        case Any(): return "any"
print(o_(5))
match [1, [2, [3]]]:
    case [a, [b, [c]]] if a + b == c: print("guard", a, b, c)
match {"x": 1, "y": [1, 2]}:
    case {"x": int(x), "y": [_, y]}: print(x, y)
