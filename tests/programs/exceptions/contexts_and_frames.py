import sys
def show(*a): print(*a, sys.exc_info()[0], sys.exception())
def g():
    show("g start")
    try:
        raise KeyError("in g")
    except KeyError:
        show("g handler")
        x = yield 1
        show("g after yield", x)
        try:
            yield 2
        except ValueError as e:
            show("g inner", repr(e.__context__))
            yield 3
        show("g still")
    show("g out")
    yield 4
    show("g end")
it = g()
try:
    raise TypeError("outer")
except TypeError:
    show("outer")
    print(next(it)); show("outer after 1")
    print(it.send("s")); show("outer after 2")
show("none")
print(it.throw(ValueError("thrown"))); show("after throw")
print(next(it)); show("after 4")
print(list(it)); show("end")
def h():
    try:
        yield 1
    finally:
        show("h finally")
try:
    raise IndexError
except IndexError:
    k = h(); next(k); k.close()
    k = h(); next(k)
    try:
        k.throw(OSError("os"))
    except OSError as e:
        print(repr(e), repr(e.__context__), repr(e.__context__.__context__))
def f(depth):
    try:
        raise ValueError(depth)
    except ValueError as e:
        if depth: f(depth - 1)
        c = e; n = 0
        while c is not None: n += 1; c = c.__context__
        print(depth, n, sys.exception() is e)
f(4)
try:
    e
except NameError as x: print(x)
def tb(e):
    t = e.__traceback__; out = []
    while t: out.append((t.tb_lineno, t.tb_frame.f_code.co_name, t.tb_lasti >= 0)); t = t.tb_next
    return out
def a(): b()
def b(): c()
def c():
    fr = sys._getframe(); names = []
    while fr: names.append((fr.f_code.co_name, fr.f_lineno)); fr = fr.f_back
    print(names)
    local = 5
    raise ValueError("c")
try: a()
except ValueError as e:
    print(tb(e))
    t = e.__traceback__
    while t.tb_next: t = t.tb_next
    print(t.tb_frame.f_locals["local"], t.tb_frame.f_back.f_code.co_name, t.tb_frame.f_back.f_back.f_code.co_name, t.tb_frame.f_back.f_back.f_back.f_code.co_name, t.tb_frame.f_back.f_back.f_back.f_back)
    saved = e
print(tb(saved))
try: raise saved
except ValueError as e: print(tb(e))
try: raise saved.with_traceback(None)
except ValueError as e: print(tb(e))
def reraise():
    try: a()
    except ValueError as e:
        raise e
try: reraise()
except ValueError as e: print(tb(e))
def reraise2():
    try: a()
    except ValueError:
        raise
try: reraise2()
except ValueError as e: print(tb(e))
def fin():
    try: a()
    finally:
        try: 1/0
        except ZeroDivisionError as z: print(repr(z.__context__), tb(z))
try: fin()
except ValueError as e: print(tb(e))
def geng():
    yield 1
    raise ValueError("gen")
def outerg(): yield from geng()
try:
    for x in outerg(): pass
except ValueError as e: print(tb(e))
gg = outerg(); next(gg); print(gg.gi_frame.f_lineno, gg.gi_frame.f_code.co_name, gg.gi_yieldfrom, gg.gi_frame.f_back) if 0 else print(gg.gi_frame.f_lineno, gg.gi_frame.f_code.co_name, gg.gi_frame.f_back)
class Stop(StopIteration): pass
class I:
    def __init__(s): s.n = 0
    def __iter__(s): return s
    def __next__(s):
        s.n += 1
        if s.n > 2: raise Stop("done", 1)
        return s.n
def yf():
    r = yield from I()
    print("r", r)
    r = yield from [7, 8]
    print("r", r)
    r = yield from (x for x in "ab")
    print(r)
    return "ret"
print(list(yf()))
y = yf()
try:
    while True: print(next(y))
except StopIteration as e: print(e.value, e.args)
