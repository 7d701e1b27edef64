# What weak references are equal to, what they hash like, which of them are one object, and what they say.
from _weakref import ReferenceType, getweakrefcount, getweakrefs, ref
import sys


class Point:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return isinstance(other, Point) and self.x == other.x

    def __hash__(self):
        return hash(self.x)


def attempt(what):
    try:
        print(what())
    except Exception as error:
        print(type(error).__name__, error)


first, twin = Point(1), Point(1)
one, same, other = ref(first), ref(first), ref(twin)
print(one is same, one is ref(first, None), ref(first, print) is ref(first, print))
print(one == other, one != other, hash(one) == hash(first), one() is first)
print(getweakrefcount(first), [type(each).__name__ for each in getweakrefs(first)], getweakrefs(3), getweakrefcount(3))
print(sys.getrefcount(first), sys.getrefcount(one), one.__callback__, ref(first, len).__callback__)
print(first.__weakref__ is one, twin.__weakref__ is other, Point(2).__weakref__)

unhashed = ref(twin)
unhashed = ref(Point(3))
del first
print(one(), one == same, one == other, one != one, hash(one) == 1)
attempt(lambda: hash(unhashed))
attempt(lambda: ref())
attempt(lambda: ref(1))
attempt(lambda: ref(twin, None, 1))
attempt(lambda: ref(twin, callback=None))
attempt(lambda: one(1))
attempt(lambda: one(key=1))
attempt(lambda: one < other)
attempt(lambda: setattr(one, "__callback__", 1))
attempt(lambda: setattr(one, "other", 1))
attempt(lambda: setattr(twin, "__weakref__", 1))
attempt(lambda: ReferenceType.__new__())
attempt(lambda: ReferenceType.__new__(int))
print(ref is ReferenceType, ref, ref[int])


class Named(ref):
    __slots__ = ("key",)

    def __new__(cls, thing, callback, key):
        return super().__new__(cls, thing, callback)

    def __init__(self, thing, callback, key):
        super().__init__(thing, callback)
        self.key = key


class Noted(ref):
    pass


named = Named(twin, None, "k")
noted = Noted(twin)
noted.note = "n"
print(named.key, noted.note, named is Named(twin, None, "l"), named == other, named() is twin)
print(getweakrefcount(twin), [type(each).__name__ for each in getweakrefs(twin)])
named.key = "m"
del named.key
attempt(lambda: named.key)
del named, noted
print(getweakrefcount(twin))


class Slotted:
    __slots__ = ("__weakref__", "value")


class Bare:
    __slots__ = ()


slotted = Slotted()
held = ref(slotted)
print(slotted.__weakref__ is held, held() is slotted)
attempt(lambda: ref(Bare()))
attempt(lambda: type("Twice", (Slotted,), {"__slots__": ("__weakref__",)}))
