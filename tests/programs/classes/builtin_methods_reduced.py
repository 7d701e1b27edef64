# What methods of builtin types are pickled by, and what an OrderedDict with slots is copied by.
from _collections import OrderedDict

for method in str.maketrans, object.__new__, int.__new__, dict.fromkeys, [].append, len:
    reduced = method.__reduce__()
    print(reduced if isinstance(reduced, str) else (reduced[0].__name__, reduced[1]))


class Ordered(OrderedDict):
    __slots__ = ("mark", "unset")


one = Ordered(a=1)
one.mark = [2]
print(one.__reduce__()[:4])


class Says(OrderedDict):
    def __getstate__(self):
        print("asked for the state")
        return {"state": 1}


print(Says(b=2).__reduce__()[:4], OrderedDict().__reduce__()[:4])


def named(first, second=2):
    import sys

    match sys._getframe().f_locals:
        case {"first": value, "second": 2}:
            return value
        case _:
            return "no mapping"


print(named("matched"))
