# How many bytes CPython needs for what.
import sys


class Plain:
    pass


class Slots:
    __slots__ = ("a", "b")


class Below(Slots):
    pass


class Weak:
    __slots__ = ("__weakref__",)


class Number(int):
    pass


class Pair(tuple):
    __slots__ = ()


class Items(list):
    __slots__ = ("x",)


class MoreItems(Items):
    pass


class Meta(type):
    pass


class Error(Exception):
    pass


class Text(str):
    __slots__ = ("__dict__",)


class Sized:
    def __sizeof__(self):
        return 100


class Negative:
    def __sizeof__(self):
        return -1


class Wrong:
    def __sizeof__(self):
        return "big"


CLASSES = [
    object, type, int, bool, float, complex, str, bytes, list, tuple, dict, set, range, slice, property, Exception,
    OSError, type(len), type(lambda: 0), type(sys), Plain, Slots, Below, Weak, Number, Pair, Items, MoreItems, Meta,
    Error, Text, Sized,
]
for cls in CLASSES:
    print(cls.__name__, cls.__basicsize__, cls.__itemsize__, cls.__dictoffset__, cls.__weakrefoffset__)

OBJECTS = [
    None, True, 0, 1, 2**30, -(2**90), 1.5, 2j, "", "abc", "é", "aé", "€", "😀", Text(), Text("ab"), b"", b"abc", (),
    (1, 2), Pair((1, 2, 3)), [], Items(), MoreItems(), {}, {1: 2}, set(), frozenset({1}), range(3), slice(1), len, "".join,
    print, Plain().__init__, object(), Plain(), Slots(), Below(), Weak(), Number(), Number(2**100), Error(), OSError(),
    KeyError(1), iter([]), iter(()), map(len, []), zip(), enumerate([]), property(), staticmethod(len), memoryview(b""),
    Sized(), lambda: 0, ...,
]
for value in OBJECTS:
    print(type(value).__name__, sys.getsizeof(value), value.__sizeof__())

grown = Plain()
grown.a = grown.b = grown.c = 1
print(sys.getsizeof(grown))
for value in (Negative(), Wrong()):
    try:
        sys.getsizeof(value)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
