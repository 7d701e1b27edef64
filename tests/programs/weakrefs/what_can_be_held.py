# To which objects there can be weak references.
from _weakref import ref
import sys


class Plain:
    def method(self):
        pass


class OwnInt(int):
    pass


class OwnStr(str):
    pass


class OwnTuple(tuple):
    pass


class OwnList(list):
    pass


class OwnError(Exception):
    pass


def function():
    yield


plain = Plain()
things = {
    "int": 1,
    "str": "text",
    "float": 1.5,
    "complex": 1j,
    "None": None,
    "Ellipsis": ...,
    "list": [],
    "tuple": (1,),
    "dict": {},
    "set": set(),
    "frozenset": frozenset([1]),
    "function": function,
    "builtin": len,
    "bound builtin": [].append,
    "method": plain.method,
    "slot wrapper": str.__add__,
    "bound slot wrapper": "".__add__,
    "method descriptor": str.upper,
    "getset": Plain.__dict__["__dict__"],
    "generator": function(),
    "class": Plain,
    "builtin class": int,
    "module": sys,
    "code": function.__code__,
    "bytes": b"",
    "bytearray": bytearray(),
    "range": range(3),
    "slice": slice(3),
    "property": property(),
    "classmethod": classmethod(function),
    "staticmethod": staticmethod(function),
    "super": super(Plain, plain),
    "alias": list[int],
    "union": int | str,
    "mapping proxy": Plain.__dict__,
    "exception": ValueError(),
    "group": ExceptionGroup("many", [ValueError()]),
    "enumerate": enumerate([]),
    "zip": zip(),
    "list iterator": iter([]),
    "dict keys": {}.keys(),
    "object": object(),
    "reference": ref(plain),
    "instance": plain,
    "own int": OwnInt(),
    "own str": OwnStr(),
    "own tuple": OwnTuple(),
    "own list": OwnList(),
    "own error": OwnError(),
}
for name, thing in things.items():
    try:
        print(name, ref(thing)() is thing)
    except TypeError as error:
        print(name, "-", error)


def generic[T, *Ts, **P]():
    pass


for thing in (*generic.__type_params__, next(iter(tuple[int]))):
    print(type(thing).__name__, ref(thing)() is thing)
