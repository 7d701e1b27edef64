"""The repr of a weak reference has the `__name__` of what it leads to, which may be Python code."""

import _weakref


class Named:
    __name__ = "custom"


class Without:
    def __getattr__(self, name):
        print("ask", name)
        raise AttributeError


class Fails:
    @property
    def __name__(self):
        1 / 0


class Missing:
    @property
    def __name__(self):
        raise AttributeError("none")


class Number:
    __name__ = 5


def end(text):
    return text.rsplit(" at ", 1)[1].partition(" ")[2]


kept = [Named(), Without(), Fails(), Missing(), Number(), end, __import__("sys"), Named, dict.__dict__.__class__]
for thing in kept:
    try:
        print(end(repr(_weakref.ref(thing))))
    except (ZeroDivisionError, AttributeError) as error:
        print(error)
