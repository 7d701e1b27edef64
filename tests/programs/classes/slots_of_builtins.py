"""`__slots__` in subclasses of builtin types: the slots stand beside what the builtin type keeps."""

import sys
from _collections import OrderedDict, defaultdict, deque

MappingProxyType = type(type.__dict__)
SimpleNamespace = type(sys.implementation)


class Said:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


def show(thunk):
    try:
        print(repr(thunk()))
    except Exception as error:
        print(type(error).__name__ + ":", error)


class Words(list):
    __slots__ = ("owner", "note")


class MoreWords(Words):
    __slots__ = ("more",)


words = MoreWords("abc")
show(lambda: words.owner)
words.owner, words.note, words.more = "me", [1], 3
print(words, words.owner, words.note, words.more, len(words))
words.append("d")
words += ["e"]
print(words, sorted(words, reverse=True), words[1:3], words == list("abcde"), type(words[:]))
show(lambda: words.other)
show(lambda: setattr(words, "other", 1))
show(lambda: words.__dict__)
del words.note
show(lambda: words.note)
show(lambda: delattr(words, "note"))
print(hasattr(words, "owner"), Words.owner, MoreWords.__slots__)
print(MoreWords.owner is Words.owner, Words.owner.__get__(words))
show(lambda: Words.owner.__get__(list()))
show(lambda: Words.owner.__set__([], 1))

for base, args in [
    (set, ("ab",)),
    (frozenset, ("a",)),
    (dict, ({1: 2},)),
    (str, ("text",)),
    (float, (1.5,)),
    (complex, (1, 2)),
    (bytearray, (b"xy",)),
    (OrderedDict, ({3: 4},)),
    (defaultdict, (int,)),
    (deque, ("ab",)),
    (property, (lambda self: 1,)),
    (staticmethod, (len,)),
    (classmethod, (len,)),
    (enumerate, ("ab",)),
    (zip, ("ab", "cd")),
    (map, (len, ["ab"])),
    (filter, (None, "ab")),
    (reversed, ("ab",)),
    (super, ()),
    (Exception, ("message",)),
    (OSError, (1, "message")),
    (StopIteration, (5,)),
    (SimpleNamespace, ()),
    (type(show.__code__.co_lines), ()),
    (bool, ()),
    (MappingProxyType, ({},)),
    (slice, (1,)),
    (range, (1,)),
    (memoryview, (b"",)),
]:
    def make():
        return type("Sub", (base,), {"__slots__": ("one", "two")})

    try:
        made = make()(*args)
    except Exception as error:
        print(base.__name__, type(error).__name__ + ":", error)
        continue
    show(lambda: made.two)
    made.two = made.one = Said(base.__name__)
    print(base.__name__, made.one is made.two, hasattr(made, "__dict__"), hasattr(made, "__weakref__"))
    del made.one
    del made

for base in int, tuple, bytes, type:
    show(lambda: type("Sub", (base,), {"__slots__": ("one",)}))
    show(lambda: type("Sub", (base,), {"__slots__": ()}).__slots__)
    show(lambda: type("Sub", (base,), {"__slots__": ("__dict__",)}))
    show(lambda: type("Sub", (type("Own", (base,), {}),), {"__slots__": ("one",)}))


class Left(list):
    __slots__ = ("a",)


class Right(list):
    __slots__ = ("b",)


class Empty(list):
    __slots__ = ()


show(lambda: type("Both", (Left, Right), {}))
print(type("Both", (Left, Empty), {"__slots__": ()}).__mro__[1:3])
show(lambda: type("Both", (Left, dict), {}))


class Named(dict):
    __slots__ = ("name", "__dict__")


named = Named(a=1)
named.name, named.free = "n", "f"
print(named, named.name, named.__dict__, vars(named))


class Refused(ValueError):
    __slots__ = ("code",)


try:
    error = Refused("because", 7)
    error.code = 12
    error.extra = "in the dict"
    raise error
except ValueError as caught:
    print(repr(caught), caught.code, caught.__dict__, caught.args)
del error

words.note = words
show(lambda: words.__reduce_ex__(2)[2])
show(lambda: words.__getstate__()[1].keys())


class Alike(list):
    __slots__ = ("owner", "note")


alike = Alike()
alike.owner = 1
alike.__class__ = Words
print(type(alike).__name__, alike.owner)
show(lambda: setattr(alike, "__class__", Left))
show(lambda: setattr(alike, "__class__", list))


class Chain(list):
    __slots__ = ("first", "second", "__dict__")


chain = Chain([Said("item 0"), Said("item 1")])
chain.second = Said("second")
chain.first = Said("first")
chain.free = Said("in the dict")
del chain


class Slotted:
    __slots__ = ("first", "second", "__dict__")


plain = Slotted()
plain.free = Said("in the dict")
plain.second = Said("second")
plain.first = Said("first")
del plain
print("end")
