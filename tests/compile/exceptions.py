"""try, with, raise in all arrangements."""


def one(f):
    try:
        f()
    except:
        raise
    try:
        f()
    except (A, B) as e:
        raise C from e
    except D:
        pass
    except E as e:
        del e
    else:
        f(1)
    finally:
        f(2)


def two(f):
    for i in f:
        try:
            try:
                continue
            finally:
                if i: break
                f(i)
        except A as e:
            return e
        finally:
            with f: return i
    try: pass
    finally: pass


def star(f):
    try:
        f()
    except* A as group:
        f(group)
    except* (B, C):
        raise
    else:
        f(2)
    finally:
        f(3)


def contexts(f):
    with f() as (a, b), f(a) as a[0], f(b): return a
    with (f() as c, f()):
        with c:
            for i in c:
                with i:
                    break
                with i:
                    continue
    while f:
        try:
            return 1
        except A:
            break
        finally:
            f()


def generators():
    try:
        yield 1
    except A:
        yield 2
    finally:
        yield 3
    with f: yield 4


def nothing():
    if 0: a = 1
    while 0: b = 2
    if 1: c = 3
    else: d = 4
    while 1:
        if c: break
    try: return c
    finally: del c


def bare_raises_before_semicolons(x):
    try:
        x()
    except A: raise;
    except B: raise ; x()
    if x: raise;  # once more


raise A
