"""What is looked through for something and cannot be is no container, whatever its `__iter__` says."""

import _operator as o


def t(f):
    try:
        print(f())
    except BaseException as e:
        print(type(e).__name__, e, repr(e.__context__))


class A:
    __iter__ = None
class B:
    def __iter__(self): raise TypeError('mine')
class C:
    def __iter__(self): return 1
class D:
    def __iter__(self): raise ValueError('mine')
class E:
    def __iter__(self): return self
    def __next__(self): raise TypeError('next')
for k in A, B, C, D, E:
    t(lambda: 1 in k()); t(lambda: o.countOf(k(), 1)); t(lambda: o.indexOf(k(), 1)); t(lambda: o.contains(k(), 1))
t(lambda: o.countOf(1, 1)); t(lambda: o.indexOf(1, 1))
