"""A docstring, which -OO drops."""
from __future__ import annotations

import os, sys as système, os.path as path
from . import sibling
from .. import *
from ...pkg.mod import (a as b, c,)

x = y = 1
(p, [q, *r]), s.t, u[0] = value = f()
x += 1; x -= 2; x *= 3; x /= 4; x //= 5; x %= 6; x **= 7
x @= 8; x &= 9; x |= 10; x ^= 11; x <<= 12; x >>= 13
n: int
(m): str = "not simple"
o.attr: list[int] = []
d[0]: dict = {}
del x, (y, z), [w], o.attr, d[0], d[1:2]
assert x
assert x, "message"
pass; global_name = 1

type Alias = int
type Generic[T: int, *Ts, **P] = dict[T, (*Ts, P)]
type Defaults[T = int, *Ts = *tuple[int], **P = [int]] = T


@decorator
@decorators.call(1, key=2)
# a comment between
async def function[T: (int, str), *Ts](
    posonly, /, both: int, default=1, *args: *Ts, kwonly, kw: str = "x", **kwargs: dict
) -> T:
    global g1, g2
    await x
    async for i in y: pass
    else: pass
    async with a, b as c, (yield) as (d, e): return
    return [i async for i in y if await i if not i]


def nested():
    v = 1
    def inner():
        nonlocal v
        v = yield
        v = yield v, *w
        yield from v
        return
    return (lambda: 0), (lambda a, /, b=1, *c, d, e=2, **f: (a, b)), lambda *, k: k


class Empty: ...


@decorator
class Class[T](Base, *bases, metaclass=Meta, **options):
    """doc"""
    attr: int = 1
    def method(self): """only a docstring"""
    __private = None


for i, in x:
    if i: continue
    elif j: break
    elif k:
        pass
    else: pass
else:
    pass
while x: x = not x
else: y
with open("x") as f, (g): pass
with (open("a") as f, open("b") as g,): pass
with (yield_): pass

try:
    raise
except: raise E
try: raise E from None
except (A, B) as e: pass
except C, D:
    pass
else: pass
finally: pass
try: pass
except* A: pass
except* (B, C) as eg: pass

# Operators and their positions in parentheses.
a or b or c and d and not e
(a := (1))
((a + b) - c) * d / e // f % g @ h ** -i ** ~j << +k >> l & m | n ^ o
a < b <= c == d != e > f >= g is h is not i in j not in k
(a if b else c) if d else (e)
{}; {1: 2, **a, (b): (c), **d}; {1, *a}; []; [1, *a]; (); (1,); 1, 2; (a, *b)
[i for i in x]; {i for i in x}; {i: j for i, j in x if i if j for k in i}; (i for i in x)
f(i for i in x); f(a, *b, c=d, **e); f((i for i in x), 1); f(a)(b)(c=1)
a[1]; a[1:2]; a[::]; a[1:, :2, ::3]; a[*b]; a[b, *c]; a[(1, 2)]; a[lambda: 0]
a.b.c().d[e].f
...; None; True; False; __debug__

# Constants.
0; 1_000; 0xFF; 0o17; 0b11; 123456789012345678901234567890; -1
1.; .5; 1e10; 1e309; 1j; 1.5e-7J; 0xDEAD_BEEF_DEAD_BEEF_DEAD
''; "a" 'b'; u'unicode'; U"a" "b"; 'a' u'b'; r'\raw'; '''three
lines'''; "\N{BULLET}\x41\u00e9\U0001F600\101\
"; '\ud800 lone'; "'"; '"'; '\'"'; 'é漢🙂'; "\t\n\r\0\x7f\xa0\u2028"
b''; b"bytes" rb'\x00' Rb"\y"; b'\x00\xff\'"'
("in" "parentheses"
 "on two lines")

# Strings that are made.
f''; f'plain'; f'{x}'; f'{x!r}{x!s}{x!a}'; f'{x:>10}{x!r:{width}.{precision}}'; F"a{{b}}c{x}d" "e" f'{y}'
f'{x=}'; f'{ x = }'; f'{x=!s}'; f'{x = :>5}'; f'{x:%H:%M}'; f'{x + 1:{y}{z!r:a}b}'
rf'\d{x}'; fR'{x:\d}'; f'''{
    x  # a comment
    :>{
    y}
}'''
f'{(lambda x: 1)}'; f'{ {1: 2}[1] }'; f'{f"{f'{x}'}"}'; f'{*a, b}'; f'{yield_}'; f"{'a' 'b'}"
u'u' f'{x}' u'v' 'w'; f'a' u'b' f'{x}'; '' f'' ''; '' f'{x}' ''; f'\ud800{x}\N{BULLET}é'
t''; t'plain'; t'{x}'; t'{x!r:>{y}}' t'more{ z }'; t'{x = }'; rt'\d{x:\d}'; t'{x!s}{  y  !a  :}'

match command:
    case 1 | -1 | 1.5 | -2j | 1 + 2j | -1.5 - 3J: pass
    case "a" "b" | b"c" | 'd': pass
    case None | True | False: pass
    case _: pass
match a, *b:
    case name: pass
match (x):
    case [1, _, *rest] | (1, _, *rest): pass
    case 1, *_: pass
    case (only): pass
    case (one,): pass
    case []: pass
    case ((a, b), c) as whole if whole: pass
    case {}: pass
    case {"k": v, 1: _, -1: m, None: n, mod.attr: o, **others}: pass
    case {**everything}: pass
    case Point() | pkg.Point(1, y, x=2, z=[a, *_]): pass
    case dotted.name.attr: pass
    case (1 | 2) as digit: pass

# What the tree shows besides the program.
a = b = 1  # type: int
for i in x:  # type: str
    pass
with x:  # type: List[int]
    pass
async def commented(
    a,  # type: int
    b=1,  # type: str
    *c,  # type: float
    d,
    e=2,  # type: bytes
    **f  # type: dict
):
    # type: (...) -> int
    async for i in x:  # type: int
        async with x as y:  # type: str
            z = yield  # type: float
def short(): # type: () -> None
    if x: y = 1  # type: int
class Body:
    attribute = None  # type: Optional[int]
call(1, 2)  # type: ignore
    # type: ignore[reason]
x = [  # type: ignore # more
    1,
    # type:ignore
]

# What -O changes.
if __debug__: debug()
"%s and %5r%%" % (a, b); "%.3a" % (a,); "%s" % a; "%d" % (a,); "%s %s" % (a, *b)
def no_docstring(): "%s" % ("text",)
def lonely(): """gone with -OO"""
annotated: "%s" % (a,)
