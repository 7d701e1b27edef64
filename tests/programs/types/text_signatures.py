# What builtins say of their arguments.
import array
import itertools
import math
import sys

FUNCTIONS = [
    len, print, max, sorted, isinstance, getattr, open, sum, abs, compile, __build_class__, math.sqrt, math.log,
    math.gcd, sys.exit, sys.getrefcount, sys.getsizeof, sys.intern,
]
for function in FUNCTIONS:
    print(function.__name__, function.__text_signature__)

TYPES = [
    object, type, int, bool, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, range, slice,
    property, staticmethod, super, zip, map, enumerate, memoryview, BaseException, ValueError, OSError,
    itertools.chain, array.array, type(len), type(int.__add__),
]
for cls in TYPES:
    print(cls.__name__, cls.__text_signature__)

METHODS = [
    int.__add__, (1).__add__, int.from_bytes, int.to_bytes, int.__new__, str.maketrans, "".join, str.split, dict.get,
    dict.update, dict.fromkeys, {}.pop, list.sort, [].append, object.__init__, object.__new__, object.__reduce_ex__,
    type.mro, int.mro, type.__prepare__, ValueError.__new__, KeyError("x").__str__, OSError.__init__,
    property.setter, itertools.chain.from_iterable, array.array("i").append, list.__class_getitem__,
]
for method in METHODS:
    print(method.__qualname__, type(method).__name__, method.__text_signature__)


class Described:
    """Described(a, b=1)
--

A class that says what it takes."""


class Almost:
    """Almost(a)

    No signature."""


class Below(Described):
    pass


for cls in (Described, Almost, Below):
    print(cls.__text_signature__)
Described.__doc__ = "Described(now)\n--\n\nOtherwise."
print(Described.__text_signature__)

for function in (lambda: 0, Described().__init__, Described):
    print(hasattr(function, "__text_signature__"))
