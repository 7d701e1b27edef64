"""Annotations that are kept as strings."""
from __future__ import annotations

a: int
b: dict[str, list[int | None]] = {}
c: (lambda x, /, y=1, *z, k=2, **w: x + y ** -z) = 0
d: not (a and b or -c) if a < b <= c is not None else (yield_, *rest)
e: "it's" 'a "string"'
f: f"{a!r:>{b}}" | b'\x00"' | 1.5 | 1e300 | 2j | ... | u"u"
g: ([x for x in y if x if not x for z in x], {i for i in j}, {k: v for k, v in x}, (q for q in r))
h: x[1:2, ::3, ...](*args, key=1, **kwargs).attr
i: a @ b // c % d << e >> f & g ^ h | -(a + b) * ~c ** d ** (e ** f) - (g - h)
j: ((1).real, {**a, 1: 2}, {*a}, [*b], (), (1,), set(x for x in y), (a, b)[c, d], x[a:b, *c])


def function(p: int, /, q: str = "q", *r: *Ts, s: a.b[c] = None, **t: "x") -> a | b:
    local: c = 1
    other.thing: d
    return local


class C:
    x: int
    if x:
        y: C = 1
