# An OrderedDict keeps its order beside the table of the dict: methods of dict change the table alone.
import sys
from _collections import OrderedDict


def tell(action):
    try:
        print(action())
    except (KeyError, RuntimeError) as error:
        print(type(error).__name__, error)


class Key:
    pass


key = Key()
alone = sys.getrefcount(key)
table = {key: 1}
print("a dict holds its key", sys.getrefcount(key) - alone, "times")
ordered = OrderedDict(table)
print("an OrderedDict", sys.getrefcount(key) - alone - 1, "times")
ordered.popitem()
print("and not at all", sys.getrefcount(key) - alone - 1, "any more")

ordered = OrderedDict.fromkeys("abc")
ordered.move_to_end("a")
print(list(ordered), list(dict.keys(ordered)), dict.__repr__(ordered), list(dict.__iter__(ordered)))
print(dict.copy(ordered), list(reversed(ordered.items())), list(reversed(dict.items(ordered))))

dict.__delitem__(ordered, "b")
tell(lambda: list(ordered))
tell(lambda: repr(ordered))
tell(lambda: ordered.pop("b", "default"))
tell(lambda: ordered.popitem(last=False))
tell(lambda: ordered.copy())
tell(lambda: ordered.popitem())
tell(lambda: dict.__repr__(ordered))

ordered = OrderedDict.fromkeys("abc")
dict.__setitem__(ordered, "d", 1)
print(len(ordered), list(ordered), ordered == OrderedDict(ordered))
tell(lambda: ordered.pop("d"))
ordered["d"] = 2
print(list(ordered))
dict.update(ordered, e=3)
print(list(ordered), ordered["e"], dict.pop(ordered, "e"))

ordered = OrderedDict.fromkeys("abc")
print(dict.popitem(ordered), len(ordered))
ordered["z"] = 1
tell(lambda: list(ordered))
tell(lambda: ordered.pop("z"))
tell(lambda: list(ordered))
ordered.clear()
print(ordered, sys.getsizeof(ordered))
