"""What goes wrong while the exception is made that `throw` is to raise is raised in the generator."""

import _warnings

_warnings.filters.insert(0, ('ignore', None, DeprecationWarning, None, 0))
class E(Exception):
    def __new__(cls, *a): return object()
class F(Exception):
    def __init__(self, *a): 1/0
def gen(*catch):
    try: yield 1
    except catch as e:
        print('caught', repr(e), repr(e.__context__), e.__traceback__.tb_next is None)
        yield 2
for maker in (gen,):
  for t in (E, F, KeyError):
    for catch in ((), (TypeError, ZeroDivisionError), (Exception,)):
      for args in ((), (1,), (None, None)):
        g = maker(*catch); next(g)
        try: print(g.throw(t, *args))
        except BaseException as e: print(type(e).__name__, e, e.__traceback__.tb_next is None)
        print(list(g))
g = gen()
try: g.throw(E)
except BaseException as e: print(type(e).__name__, e)
print(list(g))
try: g.throw(F)
except BaseException as e: print(type(e).__name__, e)
for a in ((1,), (int,), (ValueError(1), 2), (ValueError, KeyError(1)), (ValueError, ValueError(3)), (ValueError, 1, 2), (ValueError, (1,2))):
    g = gen(TypeError); next(g)
    try: print(g.throw(*a))
    except BaseException as e: print(type(e).__name__, e)
    print(list(g))
