"""super() takes what its receiver says of itself by `__class__`, and a cell for an object like any other."""


def t(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e, repr(e.__context__))


class Base:
    def meth(self): return 'Base.meth', type(self).__name__
    @classmethod
    def cm(cls): return cls.__name__
class Sub(Base):
    def meth(self): return 'sub', super().meth()
    def attr(self): return super().meth
class Proxy:
    def __init__(self, o): self.o = o
    @property
    def __class__(self):
        print('class')
        if isinstance(self.o, Exception): raise self.o
        return self.o
# Code that runs for the first time: later, CPython's specializer may ask as well.
CALLS = """
t(lambda: super(Sub, p).meth())
t(lambda: super(Base, p).__thisclass__)
t(lambda: super(Base, p).__self_class__)
t(lambda: super(Sub, p).cm())
t(lambda: super(Sub).__get__(p).__self_class__)
"""
for claim in Sub, Base, int, 5, AttributeError("a"), ValueError("v"):
    exec(CALLS, {"t": t, "Sub": Sub, "Base": Base, "p": Proxy(claim)})
t(lambda: Sub.meth(Proxy(Sub)))
t(lambda: Sub.attr(Proxy(Sub)).__self__.__class__)


class Cell:
    def meth(self): return super().__init__ and type(self).__name__
def mk():
    x = 1
    def f(): return x
    return f.__closure__[0]
c = mk()
t(lambda: Cell.meth(c))
class Sh:
    def meth(self):
        def f(): return self
        return super().__init__.__self__ is self
t(lambda: Sh().meth())
