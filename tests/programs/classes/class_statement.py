# What a class statement does: metaclasses, __prepare__, cells, __set_name__, __slots__, and its errors.
def tt(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e, getattr(e, "__notes__", ""))
class Custom(dict):
    def __init__(self): super().__init__(); self.log = []
    def __setitem__(self, k, v):
        self.log.append(k); super().__setitem__(k, v)
    def __getitem__(self, k):
        return super().__getitem__(k)
class Meta(type):
    @classmethod
    def __prepare__(m, name, bases, **kw):
        print("prepare", name, bases, kw)
        return Custom()
    def __new__(m, name, bases, ns, **kw):
        print("new", name, ns.log, kw)
        return super().__new__(m, name, bases, dict(ns))
    def __init__(cls, name, bases, ns, **kw): 
        super().__init__(name, bases, ns)
class A(metaclass=Meta, flag=1):
    x = 1
    def f(self): return __class__
    y = x + 1
    x = 2
print(A.x, A.y, A().f())
class Entries:
    def __mro_entries__(self, bases): print("entries", len(bases)); return (dict,)
class WithEntries(Entries(), list if False else object) : pass
print(WithEntries.__bases__, len(WithEntries.__orig_bases__))
tt(lambda: type("X", (Entries(),), {}))
class BadEntries:
    def __mro_entries__(self, bases): return 5
def bad():
    class X(BadEntries()): pass
tt(bad)
def notmap():
    class M(type):
        @classmethod
        def __prepare__(m, n, b): return 5
    class X(metaclass=M): pass
tt(notmap)
def conflict():
    class M1(type): pass
    class M2(type): pass
    class A(metaclass=M1): pass
    class B(metaclass=M2): pass
    class C(A, B): pass
tt(conflict)
def nocell():
    class M(type):
        def __new__(m, n, b, ns):
            ns.pop("__classcell__")
            return super().__new__(m, n, b, ns)
    class X(metaclass=M):
        def f(self): return __class__
tt(nocell)
def wrongcell():
    class M(type):
        def __new__(m, n, b, ns):
            c = super().__new__(m, n, b, ns)
            return type.__new__(m, "other", b, {k: v for k, v in ns.items() if k != "__classcell__"})
    class X(metaclass=M):
        def f(self): return __class__
tt(wrongcell)
def funcmeta():
    def make(name, bases, ns, **kw): return (name, bases, sorted(ns), kw)
    class X(metaclass=make, a=1):
        y = 2
    return X
tt(funcmeta)
class Init:
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
class I1(Init, tag="t"): pass
print(I1.tag)
def badkw():
    class I2(Init, zzz=1): pass
tt(badkw)
class SN:
    def __set_name__(self, owner, name): print("set_name", owner.__name__, name)
class HasSN:
    a = SN(); b = SN()
class BadSN:
    def __set_name__(self, owner, name): raise ValueError("oops")
def f():
    class H:
        zz = BadSN()
tt(f)
# slots
class S1:
    __slots__ = ("a", "__b")
    def __init__(self): self.a = 1; self.__b = 2
    def get(self): return self.__b
class S2(S1):
    __slots__ = ("c",)
class S3(S1): pass
s = S2(); s.c = 3
print(s.a, s.c, s.get(), [n for n in dir(S2) if not n.startswith("__")], S1.__slots__)
tt(lambda: setattr(s, "d", 1))
s3 = S3(); s3.d = 4
print(s3.__dict__, s3.a)
def two():
    class T1: __slots__ = ("a",)
    class T2: __slots__ = ("b",)
    class T3(T1, T2): pass
tt(two)
class E1: __slots__ = ()
class E2(E1, S1): __slots__ = ("z",)
e = E2(); e.z = 1
print(e.z, e.a, E2.__base__.__name__, S1.a.__get__(e), type(S1.a).__name__)
tt(lambda: S1.a.__get__(5))
tt(lambda: S1.a.__set__(5, 1))
del e.z
tt(lambda: e.z)
class DefSlot:
    __slots__ = {"a": "doc for a"}
print(DefSlot.__slots__)
# __class__ assignment
class K1:
    def f(self): return "K1"
class K2:
    def f(self): return "K2"
k = K1(); k.v = 1
k.__class__ = K2
print(k.f(), k.v, type(k) is K2)
tt(lambda: setattr(k, "__class__", S1))
tt(lambda: setattr(5, "__class__", K1))
# del
class De:
    x = 1
    def __init__(self): self.y = 2
    @property
    def p(self): return 1
    @p.deleter
    def p(self): print("deleted p")
d = De()
del d.y; del De.x; del d.p
tt(lambda: d.y); tt(lambda: d.x); tt(lambda: De.x)
tt(lambda: delattr(d, "nope")); tt(lambda: delattr(De, "nope"))
# dict manipulation
d.__dict__["q"] = 5
print(d.q, vars(d) is d.__dict__)
d.__dict__ = {"n": 1}
print(d.n, hasattr(d, "q"))
tt(lambda: De.__dict__.__setitem__("a", 1))
# special methods are looked up on type
class Sp: 
    def __len__(self): return 1
sp = Sp(); sp.__len__ = lambda: 99
print(len(sp), sp.__len__())
class Spa:
    def __getattr__(self, n): return lambda *a: 3
tt(lambda: len(Spa()))
print(Spa().__len__())
class CallDesc:
    class D:
        def __get__(self, o, c): print("get call"); return lambda *a: ("called", a)
    __call__ = D()
    __len__ = property(lambda self: (lambda: 4))
print(CallDesc()(1, 2), len(CallDesc()))
# bound methods
class Bm:
    def m(self, a, b=2, *c, **d): return a, b, c, d
b = Bm()
m1, m2 = b.m, b.m
print(m1 == m2, m1 is m2, len({m1, m2}) == 1, m1(1, 3, 4, z=5), m1.__func__(b, 9), m1.__self__ is b, Bm.m(b, 7))
b.m.__func__.attr = 1
print(b.m.attr, Bm.__dict__["m"].attr)
tt(lambda: setattr(b.m, "attr", 2))
print(str.upper("a"), "a".upper.__self__, list(map(str.strip, [" a "])), int.__add__(1, 2))
class Cm:
    @classmethod
    def c(cls, x): return cls.__name__, x
    @staticmethod
    def s(x): return x
    @classmethod
    @property
    def cp(cls): return "cp"
print(Cm.c(1), Cm().c(2), Cm.s(3), Cm().s(4), Cm.__dict__["s"](5), Cm.c.__func__(int, 3))
tt(lambda: Cm.__dict__["c"](5))
print(type("T", (), dict(a=1, f=lambda self: self.a))().f())
def local_class(n):
    class L:
        v = n
        def get(self): return n, self.v
    return L
print(local_class(3)().get(), local_class(4).__qualname__, local_class.__name__)
x = 10
class Scope:
    x = x + 1
    ys = [i for i in range(3)]
    def f(self): return x
print(Scope.x, Scope.ys, Scope().f())
