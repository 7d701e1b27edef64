# super() in all its forms, properties across classes, metaclass methods, subclasses of builtin types.
class A:
    def f(self): return "A.f"
    @classmethod
    def c(cls): return "A.c " + cls.__name__
    @staticmethod
    def s(): return "A.s"
    @property
    def p(self): return "A.p"
    x = 1
class B(A):
    def f(self):
        g = lambda: super(B, self).f()
        return "B.f>" + super().f() + ">" + g()
    @classmethod
    def c(cls): return "B.c>" + super().c()
    @staticmethod
    def s(): return "B.s>" + super(B, B).s()
    @property
    def p(self): return "B.p>" + super().p
    def k(self): return super().x, super().__class__, __class__
    def miss(self): return super().nope
    def nested(self):
        def inner(): return super(B, self).f()
        return [super(B, self).f() for _ in range(2)], inner()
class C(A):
    def f(self): return "C.f>" + super().f()
class D(B, C): pass
d = D()
print(d.f(), D.c(), D.s(), d.p, d.k(), d.nested())
try: d.miss()
except AttributeError as e: print(e)
s = super(B, d)
print(s.f(), s.__thisclass__, s.__self_class__, s.__self__ is d)
print([k.__name__ for k in D.__mro__], D.mro() == list(D.__mro__))
class NoArgs:
    def f(): return super()
try: NoArgs.f()
except RuntimeError as e: print(e)
class Outer:
    def f(self):
        class Inner:
            def g(self): return __class__.__name__
        return Inner().g(), __class__.__name__
print(Outer().f())
class Del:
    def f(self):
        del self
        return super()
try: Del().f()
except RuntimeError as e: print(e)
class MySuper(super):
    def __getattribute__(self, n):
        if n == "f": return lambda: "mine"
        return super().__getattribute__(n)
print(MySuper(B, d).f())
# cooperative init with kwargs
class Base:
    def __init__(self, **kw):
        self.kw = kw
        super().__init__()
class M1(Base):
    def __init__(self, a=0, **kw): self.a = a; super().__init__(**kw)
class M2(Base):
    def __init__(self, b=0, **kw): self.b = b; super().__init__(**kw)
class M3(M1, M2):
    def __init__(self, *args, **kw): super().__init__(*args, **kw)
m = M3(1, b=2, c=3)
print(m.a, m.b, m.kw, vars(m))
# inherited property override
class P:
    def __init__(self): self._v = 0
    @property
    def v(self):
        "doc of v"
        return self._v
    @v.setter
    def v(self, x): self._v = x
class Q(P):
    @P.v.getter
    def v(self): return self._v * 10
    @property
    def w(self): raise AttributeError("inner")
    def __getattr__(self, n): return "ga:" + n
q = Q()
q.v = 3
print(q.v, Q.v.__doc__, P.v.__doc__, q.w, q.zzz)
class CachedProperty:
    def __init__(self, f): self.f = f
    def __set_name__(self, o, n): self.n = n
    def __get__(self, o, c=None):
        if o is None: return self
        v = o.__dict__[self.n] = self.f(o)
        return v
class R:
    @CachedProperty
    def big(self): print("computing"); return 42
r = R()
print(r.big, r.big, R.big.n)
# metaclass __getattr__, __call__, operators
class Meta(type):
    def __getattr__(cls, n): return f"{cls.__name__}.{n}"
    def __iter__(cls): return iter([1, 2, 3])
    def __len__(cls): return 7
    def __getitem__(cls, k): return k
    def __contains__(cls, k): return k == 1
    def __eq__(cls, o): return o == "x"
    def __hash__(cls): return 5
    def __repr__(cls): return "<M>"
    def __add__(cls, o): return "added"
    def __bool__(cls): return False
class X(metaclass=Meta): pass
print(X.foo, list(X), len(X), X[3], 1 in X, X == "x", hash(X), X, X + 1, bool(X), isinstance(X(), X))
class Sing(type):
    _i = {}
    def __call__(cls, *a, **k):
        if cls not in cls._i: cls._i[cls] = super().__call__(*a, **k)
        return cls._i[cls]
class S(metaclass=Sing):
    def __init__(self, v): self.v = v
print(S(1) is S(2), S(3).v)
class NewOther:
    def __new__(cls, *a): return [*a]
    def __init__(self, *a): print("never")
print(NewOther(1, 2))
class Str(str):
    def __new__(cls, v, extra): o = super().__new__(cls, v); o.extra = extra; return o
    def upper(self): return "U" + super().upper()
t = Str("abc", 5)
print(t, t.extra, t.upper(), type(t).__name__, t + "d", t.__dict__, isinstance(t, str), len(t))
class Int(int):
    def __add__(self, o): return Int(int(self) + o + 100)
i = Int(5)
print(i + 1, i - 1, type(i + 1).__name__, type(i - 1).__name__, i == 5, hash(i) == hash(5))
class Lst(list):
    def append(self, x): super().append(x * 2)
l = Lst([1]); l.append(4); l.tag = "t"
print(l, l.tag, len(l), l[1], Lst.__mro__)
class Dct(dict):
    def __missing__(self, k): return k * 2
    def __setitem__(self, k, v): super().__setitem__(k, v + 1)
dd = Dct(a=1); dd["b"] = 5
print(dd, dd["zz"], dd.get("zz"))
class Exc(Exception):
    def __init__(self, code): super().__init__("code", code); self.code = code
try: raise Exc(4)
except Exc as e: print(e, e.args, e.code, repr(e))
def deco(cls): cls.added = lambda self: "added"; return cls
@deco
class Dec: pass
print(Dec().added())
class Ann:
    a: int = 3
    b: "str"
    def f(self, x: int, y: str = "a") -> bool: ...
print(Ann.__annotations__, Ann.f.__annotations__, Ann.a, hasattr(Ann, "b"))
g: int
print(__annotations__ if "__annotations__" in globals() else "lazy")
