"""The keywords of a partial are a dict that a program may write to: what is there need be no name."""

import _functools


def show(*args, **keywords):
    return args, keywords


def tell(work):
    try:
        print(work())
    except TypeError as error:
        print(error)


partial = _functools.partial(show, x=1)
partial.keywords[1234] = "value"
print(repr(partial).endswith(", x=1, 1234='value')"))
for work in (lambda: partial(), lambda: partial(y=2), lambda: partial(1)):
    tell(work)
inner = _functools.partial(partial, x=2, z=3)
print(inner.func is show, inner.keywords, partial.keywords)
del inner.keywords[1234]
tell(inner)
tell(lambda: inner(x=5, a=6))

other = _functools.partial(show)
other.__setstate__((show, (1,), {None: 6, "a": 7}, None))
tell(other)
tell(lambda: other(b=1))


class Name(str):
    pass


named = _functools.partial(show, a=1)
named.keywords[Name("a")] = 2
named.keywords[Name("b")] = 3
tell(named)
tell(lambda: named(b=5, c=6))
print(_functools.partial(named, b=7).keywords)
