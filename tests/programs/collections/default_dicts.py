# defaultdict: the factory is called by __missing__, and by nothing else.
from _collections import _count_elements, defaultdict
import sys


def attempt(what):
    try:
        print(what())
    except Exception as error:
        print(type(error).__name__, error)


def factory():
    print("made")
    return []


groups = defaultdict(factory, {"a": [1]}, b=[2])
groups["c"].append(3)
groups["c"].append(4)
print(groups.get("d"), "d" in groups, len(groups), groups["a"])
print({key: value for key, value in groups.items()}, groups.default_factory is factory)
counts = defaultdict(int)
for letter in "hello":
    counts[letter] += 1
print(counts, counts.copy(), type(counts.copy()), counts | {1: 2}, {1: 2} | counts, type({1: 2} | counts))
print(counts.__reduce__()[:4], counts == {"h": 1, "e": 1, "l": 2, "o": 1}, counts.__missing__("new"), counts)
counts |= {"more": 1}
print(type(counts), counts)
print(defaultdict(), defaultdict(None, [(1, 2)]), sys.getrefcount(counts))
attempt(lambda: defaultdict(1))
attempt(lambda: defaultdict(list, 1))
attempt(lambda: defaultdict()["missing"])
attempt(lambda: hash(counts))
attempt(lambda: setattr(counts, "other", 1))
counts.default_factory = None
attempt(lambda: counts["missing"])
counts.default_factory = 5
attempt(lambda: counts["missing"])
print(counts)
del counts.default_factory
print(counts.default_factory)


def failing():
    raise ValueError("no value")


attempt(lambda: defaultdict(failing)["key"])


class Own(defaultdict):
    def __setitem__(self, key, value):
        print("set", key, value)
        super().__setitem__(key, value)


class Missing(defaultdict):
    def __missing__(self, key):
        return "missing", key


own = Own(int)
own.note = 1
print(own["key"], own, own.__dict__, type(own.copy()))
print(Missing(int)["key"], Missing(int))
itself = defaultdict(list)
itself[1] = itself
print(itself)
nested = defaultdict(lambda: defaultdict(int))
nested["a"]["b"] += 1
print(nested["a"])

tally = {}
_count_elements(tally, "abracadabra")
print(tally)


class Key:
    def __hash__(self):
        print("hashed")
        return 1

    def __eq__(self, other):
        print("compared")
        return True

    def __repr__(self):
        return "key"


tally = {}
_count_elements(tally, [Key(), Key()])
print(tally)


class Watching(dict):
    def get(self, key, default=None):
        print("get", key)
        return super().get(key, default)


tally = Watching()
_count_elements(tally, "aa")
print(tally)
attempt(lambda: _count_elements({}, 1))
attempt(lambda: _count_elements(1, []))
attempt(lambda: _count_elements({}, [[]]))
