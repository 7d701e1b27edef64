"""How deep calls may nest, through whatever they go: a RecursionError comes as deep as in CPython."""
import sys

import _functools


def probe(name, make):
    depth = 0
    def enter():
        nonlocal depth
        depth += 1
    f = make(enter)
    try:
        f()
    except RecursionError as e:
        print(name, depth, e)
    else:
        print(name, 'ended', depth)


def plain(enter):
    def f():
        enter(); f()
    return f


def new(enter):
    class C:
        def __new__(cls): enter(); return cls()
    return C


def prop(enter):
    class C:
        @property
        def p(self): enter(); return self.p
    return lambda: C().p


def getattr_(enter):
    class C:
        def __getattr__(self, n): enter(); return self.other
    return lambda: C().x


def getattribute(enter):
    class C:
        def __getattribute__(self, n): enter(); return self.other
    return lambda: C().x


def repr_(enter):
    class C:
        def __repr__(self): enter(); return repr(self)
    return lambda: repr(C())


def str_(enter):
    class C:
        def __str__(self): enter(); return str(self)
    return lambda: str(C())


def fstr(enter):
    class C:
        def __format__(self, s): enter(); return f'{self}'
    return lambda: f'{C()}'


def sorted_(enter):
    def key(x): enter(); sorted([1], key=key)
    return lambda: key(1)


def eq(enter):
    class C:
        def __eq__(self, o): enter(); return self == o
    return lambda: C() == C()


def lt(enter):
    class C:
        def __lt__(self, o): enter(); return self < o
    return lambda: C() < C()


def call(enter):
    class C:
        def __call__(self): enter(); self()
    return C()


def gen(enter):
    def g():
        enter(); yield from g()
    return lambda: next(g())


def genfor(enter):
    def g():
        enter()
        for x in g(): yield x
    return lambda: next(g())


def gennext(enter):
    def g():
        enter(); yield next(g())
    return lambda: next(g())


def add(enter):
    class C:
        def __add__(self, o): enter(); return self + o
    return lambda: C() + 1


def getitem(enter):
    class C:
        def __getitem__(self, o): enter(); return self[o]
    return lambda: C()[1]


def setitem(enter):
    class C:
        def __setitem__(self, o, v): enter(); self[o] = v
    def f(): C()[1] = 2
    return f


def contains(enter):
    class C:
        def __contains__(self, o): enter(); return o in self
    return lambda: 1 in C()


def len_(enter):
    class C:
        def __len__(self): enter(); return len(self)
    return lambda: len(C())


def bool_(enter):
    class C:
        def __bool__(self): enter(); return not self
    return lambda: not C()


def hash_(enter):
    class C:
        def __hash__(self): enter(); return hash(self)
    return lambda: hash(C())


def iter_(enter):
    class C:
        def __iter__(self): enter(); return iter(self)
    return lambda: iter(C())


def with_(enter):
    class C:
        def __enter__(self):
            enter()
            with self: pass
        def __exit__(self, *a): pass
    return lambda: C().__enter__()


def map_(enter):
    def f(x): enter(); return list(map(f, [1]))
    return lambda: f(1)


def kw(enter):
    def f(*a, **k): enter(); f(*a, **k)
    return lambda: f(1, b=2)


def method(enter):
    class C:
        def m(self): enter(); self.m()
    return C().m


def clsmethod(enter):
    class C:
        @classmethod
        def m(cls): enter(); cls.m()
    return C.m


def exec_(enter):
    def f(): enter(); exec('f()', {'f': f})
    return f


def lambda_(enter):
    f = lambda: (enter(), f())
    return f


def comp(enter):
    def f(): enter(); [f() for x in [1]]
    return f


def genexp(enter):
    def f(): enter(); list(f() for x in [1])
    return f


def super_(enter):
    class B:
        def m(self): enter(); return self.m()
    class C(B):
        def m(self): return super().m()
    return C().m


def partial(enter):
    def f(): enter(); _functools.partial(f)()
    return f


def deco(enter):
    def w(fn):
        def inner(): return fn()
        return inner
    @w
    def f(): enter(); f()
    return f


def meta(enter):
    class M(type):
        def __call__(cls): enter(); return cls()
    class C(metaclass=M): pass
    return C


def descr(enter):
    class D:
        def __get__(self, o, t): enter(); return o.d
    class C: d = D()
    return lambda: C().d


def setattr_(enter):
    class C:
        def __setattr__(self, n, v): enter(); self.x = v
    def f(): C().x = 1
    return f


def del_(enter):
    class C:
        def __delattr__(self, n): enter(); del self.x
    def f(): del C().x
    return f


def initkw(enter):
    class C:
        def __init__(self, *, a=1): enter(); C(a=2)
    return C


def dictmiss(enter):
    class D(dict):
        def __missing__(self, k): enter(); return self[k]
    return lambda: D()[1]


def mx(enter):
    def f(x): enter(); return max([1, 2], key=f)
    return lambda: f(1)


def coro(enter):
    async def f(): enter(); await f()
    def run():
        c = f(); c.send(None)
    return run


def cls(enter):
    def f():
        enter()
        class A: f()
    return f


def subclass_init(enter):
    class B:
        def __init_subclass__(cls): enter(); type('D', (B,), {})
    return lambda: type('E', (B,), {})
sys.setrecursionlimit(100)
for name, make in list(globals().items()):
    if callable(make) and make is not probe and not name.startswith('__'):
        probe(name, make)
