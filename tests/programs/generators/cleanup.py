class CM:
    def __init__(s, name, sup=False): s.name, s.sup = name, sup
    def __enter__(s): print("enter", s.name); return s
    def __exit__(s, t, v, tb): print("exit", s.name, t and t.__name__, v, tb is not None); return s.sup
with CM("a"), CM("b", True) as b:
    raise ValueError(1)
print("suppressed")
try:
    with CM("c"):
        with CM("d"): 1/0
except ZeroDivisionError as e: print(e)
def f():
    with CM("ret"): return 5
print(f())
for i in range(3):
    with CM(i):
        if i == 0: continue
        if i == 1: break
def g():
    for i in range(2):
        try:
            if i: return "x"
            continue
        finally: print("fin", i)
print(g())
def h():
    while True:
        try: return 1
        finally: break
    return 2
print(h())
def k():
    try: return "try"
    finally: return "finally"
print(k())
def l():
    try:
        try: raise ValueError("a")
        finally: raise KeyError("b")
    except KeyError as e: return repr(e.__context__)
print(l())
try:
    try: pass
    except: print("no")
    else: print("else"); raise OSError("e")
    finally: print("finally")
except OSError as e: print(repr(e), e.__context__)
class Bad:
    def __enter__(s): raise RuntimeError("enter")
    def __exit__(s, *a): print("never")
try:
    with Bad(): pass
except RuntimeError as e: print(e)
class BadExit:
    def __enter__(s): return s
    def __exit__(s, *a): raise RuntimeError("exit")
try:
    with BadExit(): raise ValueError("body")
except RuntimeError as e: print(repr(e), repr(e.__context__))
try:
    with BadExit(): pass
except RuntimeError as e: print(repr(e), repr(e.__context__))
e1 = ValueError(1); e2 = KeyError(2); e1.__context__ = e2
try:
    try: raise e1
    except ValueError: raise e2
except KeyError as e: print(repr(e.__context__), repr(e.__context__.__context__))
try: raise ValueError(1) from ValueError
except ValueError as e: print(repr(e.__cause__), e.__suppress_context__)
class Weird(Exception):
    def __new__(cls, *a): return 5
try: raise Weird
except TypeError as e: print(e)
try: raise Weird()
except TypeError as e: print(e)
class E(Exception):
    def __init__(self): raise OSError("in init")
try: raise E
except OSError as e: print(e)
class Multi(ValueError, KeyError): pass
try: raise Multi("m")
except (TypeError, KeyError) as e: print(repr(e), str(e), isinstance(e, ValueError), Multi.__mro__)
try:
    try: raise ValueError
    except 5: pass
except TypeError as e: print(e)
try:
    try: raise ValueError
    except (ValueError, 5): pass
except TypeError as e: print(e)
def gen_cleanup():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print("GE"); raise
    finally: print("cleanup")
for x in gen_cleanup(): break
print("after break")
def nested():
    try: yield from gen_cleanup()
    finally: print("nested cleanup")
n = nested(); next(n); n.close()
n = nested(); next(n); del n
n = nested(); next(n)
try: n.throw(KeyError, "k")
except KeyError as e: print(repr(e))
print(next((x for x in [1]), 0))
def counter():
    c = 0
    while True:
        try: c = (yield c) or c + 1
        except ValueError as e: c = int(str(e))
c = counter(); print(next(c), c.send(10), next(c), c.throw(ValueError("99")), next(c), c.close(), c.close())
try: next(c)
except StopIteration as e: print("stopped", e.value)
try: c.throw(KeyError("x"))
except KeyError as e: print("thrown", e)
def r():
    return 5
    yield
try: next(r())
except StopIteration as e: print(e.value)
print([*r()], list(map(str, r())))
def yy():
    x = yield (yield 1)
    print("x", x)
q = yy(); print(next(q), q.send("A"))
try: q.send("B")
except StopIteration: print("end")
def tree(n):
    if n: yield from tree(n - 1); yield n; yield from tree(n - 1)
print(list(tree(4)))
def deep(n):
    if n == 0: yield "bottom"; return "r0"
    v = yield from deep(n - 1)
    return v + "," + str(n)
d = deep(50); print(next(d))
try: next(d)
except StopIteration as e: print(e.value)
print(repr(StopIteration(3)), StopIteration().value)
def cl():
    try: yield
    except GeneratorExit: return "closed value"
x = cl(); next(x); print(x.close())
