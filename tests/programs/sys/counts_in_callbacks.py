"""What builtins hold of an object while they call its Python code."""

import sys

count = sys.getrefcount


class Spy:
    def __repr__(self):
        return str(count(self))

    def __index__(self):
        print("index", count(self))
        return 1

    def __eq__(self, other):
        print("eq", count(self), count(other))
        return NotImplemented

    def __hash__(self):
        return 1

    def __radd__(self, other):
        return count(self)

    def __lt__(self, other):
        return count(self)


def method(self):
    pass


class Target:
    pass


spy = Spy()
print([spy], (spy,), slice(spy), {1: spy})
print(ValueError(spy), repr(ValueError(spy)), KeyError(spy), repr(ValueError(spy, 1)), repr(OSError(1, spy)))
print(list[spy], spy.__repr__, type(spy.__repr__).__call__(spy.__repr__))
print(slice(spy, Spy(), Spy()).indices(5))
del spy
print({Spy(), 1} | {Spy(), 2} and 1)
print({Spy(), 1} ^ {Spy(), 2} and 1)
print({Spy(), 1} & {Spy(), 2} or 1)
print({Spy(), 1} - {Spy(), 2} and 1)

from _weakref import proxy

target = Target()
print(proxy(target) + Spy(), proxy(target) > Spy())
