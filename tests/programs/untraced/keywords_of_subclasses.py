"""Keyword arguments of classes derived from types that take none: one of __new__ and __init__ may have them."""

import array
import itertools


def call(title, make):
    try:
        made = make()
        print(title, type(made).__name__, getattr(made, "extra", "-"))
    except TypeError as error:
        print(title, error)


for base, given in (
    (list, [[1]]), (tuple, [[1]]), (float, [2.5]), (frozenset, [[1]]), (set, [[1]]), (filter, [None, [1]]), (reversed, [(1, 2)]),
    (array.array, ["i", [1]]), (itertools.chain, [[1]]), (dict, [{}]), (bytearray, [b"x"]), (zip, [[1]]), (map, [abs, [1]]),
):
    class Same(base):
        pass

    class ByInit(base):
        def __init__(self, *args, extra=None):
            self.extra = extra

    class ByNew(base):
        def __new__(cls, *args, extra=None):
            self = super().__new__(cls, *args)
            self.extra = extra
            return self

    name = base.__name__
    call(name, lambda: base(*given, extra=3))
    call(name, lambda: Same(*given, extra=3))
    call(name, lambda: ByInit(*given, extra=3))
    call(name, lambda: ByNew(*given, extra=3))
    call(name, lambda: base.__new__(Same, *given, extra=3))
