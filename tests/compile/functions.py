"""Parameters, calls, closures, generators."""
from functools import wraps as wrapped
import os.path, os.path as paths, a.b.c, a.b.c as deep
from . import sibling
from ..up import one as uno, two
from .star import *


def plain(): pass


def every(a, b=1, /, c=2, *d, e, f=3, **g) -> int:
    "A docstring."
    return a, b, c, d, e, f, g


def keywords(*, a: int, b: str = "b"): return locals()


@wrapped(plain)
@(lambda f: f)
def decorated(
    first: "text",
    *rest: int,
    **others,
) -> None:
    """
    Indented
        docs.
    """
    def inner():
        nonlocal first
        global made
        made = first = rest

        def innermost(): return first, others
        return innermost
    return inner


def generator(n):
    got = yield
    while n:
        n -= 1
        got = yield n
        try:
            yield from generator(n)
        finally:
            yield got
    return got


def early(x):
    for i in x:
        with i as j, j:
            try:
                if j:
                    return i
                elif i:
                    return
                else:
                    continue
            except (TypeError, ValueError) as e:
                break
            finally:
                print(i)
    else:
        return 1
    while True:
        if x: break
    return (yield)


f = lambda: 0
g = lambda a, *b, c=1, **d: (a, b, c, d)
h = lambda: (yield)
print(plain(), every(1, 2, e=3), every(*f, **g), every(1, *f, 2, e=1, *g, **h, k=2))
print(paths.join("a", "b").split(sep="/"), os.path.join(*f), "x".join(i for i in f))
print(all(i for i in f), any(i > 1 for i in f if i), tuple(i for j in f for i in j), list(i for i in f))
every(a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8, i=9, j=10, k=11, l=12, m=13, n=14, o=15, p=16)
f(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31)
(
    f
    .one(1)
    .two(
        2,
        a=3,
    )
)
assert f
assert f, "message"
assert (f, g)
every(größe=1, länge=2)
every(größe=3, länge=4) or ("größe", "länge")
