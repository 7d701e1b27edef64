"""itemgetter, attrgetter and methodcaller: how they are made, shown and called."""

import _operator as operator
from _operator import attrgetter, itemgetter, methodcaller


class Row:
    def __init__(self, **names):
        self.__dict__.update(names)

    def __getitem__(self, key):
        print("item", key)
        return self.__dict__[key]

    def join(self, *parts, sep=" "):
        return sep.join((self.name,) + parts)

    @property
    def shout(self):
        return self.name.upper()

    def __getattr__(self, name):
        if name.startswith("made_"):
            return lambda *args: (name, args)
        raise AttributeError(f"nothing called {name}")


def attempt(function, *args, **names):
    try:
        print(repr(function(*args, **names)))
    except Exception as error:
        print(type(error).__name__, error)


row = Row(name="x", inner=Row(name="y", deep=Row(name="z")))
for getter in (itemgetter(1), itemgetter("name"), itemgetter("name", "inner"), itemgetter(slice(1, None))):
    print(getter)
    attempt(getter, [1, 2, 3])
    attempt(getter, "abc")
    attempt(getter, {"name": 1, "inner": 2, 1: 3})
print(itemgetter("name")(row))
print(itemgetter("name", "name")(row))

for getter in (attrgetter("name"), attrgetter("inner.name"), attrgetter("name", "inner.deep.name", "shout")):
    print(getter)
    attempt(getter, row)
    attempt(getter, 3)
attempt(attrgetter("real..imag"), 3)
attempt(attrgetter("real", "imag"), 3)
attempt(attrgetter("missing"), row)

for caller in (methodcaller("join"), methodcaller("join", "a", "b"), methodcaller("join", "a", sep="-")):
    print(caller)
    attempt(caller, row)
attempt(methodcaller("split", maxsplit=1), "a b c")
attempt(methodcaller("made_up", 1, 2), row)
attempt(methodcaller("missing"), 3)
attempt(methodcaller("upper"), str)

for kind in (itemgetter, attrgetter, methodcaller):
    print(kind, kind.__name__, kind.__module__)
    attempt(kind)
    attempt(kind, 1)
    attempt(kind, "a", b=1)
    getter = kind("a")
    attempt(getter)
    attempt(getter, 1, 2)
    attempt(getter, a=1)
    attempt(getter, 1, a=1)
    attempt(setattr, getter, "other", 1)
    attempt(lambda: getter.other)
    try:
        class Derived(kind):
            pass
    except TypeError as error:
        print(error)
    print(getter == kind("a"), getter == getter, len({getter, getter}))


class Text(str):
    pass


print(attrgetter(Text("a.b")), methodcaller(Text("a")), itemgetter(Text("a")))
print(itemgetter(1, 2).__reduce__(), attrgetter("a", "b.c").__reduce__(), methodcaller("a", 1).__reduce__())
rows = [("b", 2), ("a", 2), ("c", 1)]
print(sorted(rows, key=itemgetter(1, 0)), sorted(rows, key=itemgetter(1)))
print(list(map(attrgetter("real"), [1, 2.5, True])), max("ab", "c", key=methodcaller("upper")))
