# deque: both ends, a limit, changes while it is gone through, and Python code in comparisons.
from _collections import deque
import gc
import sys


class Item:
    def __init__(self, name, act=None):
        self.name = name
        self.act = act

    def __eq__(self, other):
        print("compare", self.name, other)
        if self.act:
            self.act()
        return self.name == other

    def __repr__(self):
        return self.name


class Own(deque):
    pass


def attempt(what):
    try:
        print(what())
    except Exception as error:
        print(type(error).__name__, error)


items = deque([1, 2, 3], 4)
items.append(4)
items.append(5)
items.appendleft(0)
print(items, len(items), items.maxlen, items[0], items[-1], items.pop(), items.popleft(), list(reversed(items)))
items.extend("ab")
items.extendleft("xy")
items.rotate()
print(items, items.rotate(-2), items, items.count("a"), items.index("x"), "x" in items, "z" in items)
items[0] = "first"
del items[-1]
items.insert(1, "second")
items.reverse()
print(items, items + deque("!"), items * 2, 2 * deque([1], 3), deque("ab") * 0, deque("ab") == deque("ab"), deque("ab") < deque("b"))
items += "q"
items *= 2
print(items, items.copy(), bool(deque()), deque(range(5), maxlen=0), deque(deque("abc", 2)))
self_extended = deque([1, 2])
self_extended.extend(self_extended)
print(self_extended, sys.getrefcount(self_extended), gc.is_tracked(self_extended))
items.clear()
attempt(items.pop)
attempt(items.popleft)
attempt(lambda: items[0])
attempt(lambda: items["a"])
attempt(lambda: items[:1])
attempt(lambda: items.remove(1))
attempt(lambda: items.index(1))
attempt(lambda: deque([1], 1).insert(0, 2))
attempt(lambda: deque([], -1))
attempt(lambda: deque([], "a"))
attempt(lambda: deque([], 2**70))
attempt(lambda: deque(1))
attempt(lambda: deque([1], 2, 3))
attempt(lambda: deque(other=1))
attempt(lambda: items + [1])
attempt(lambda: items < [1])
attempt(lambda: items * "a")
attempt(lambda: hash(items))
attempt(lambda: setattr(items, "maxlen", 3))
attempt(lambda: items.rotate("a"))
attempt(lambda: items.extend(5))
attempt(lambda: items.append())

holder = deque()
holder.append(holder)
holder.append([holder])
print(holder)
holder.clear()

changed = deque([1, 2, 3])
iterator = iter(changed)
print(next(iterator), iterator.__length_hint__())
changed.append(4)
attempt(lambda: next(iterator))
attempt(lambda: next(iterator))
named = deque([Item("a"), Item("b"), Item("c")])
print(named.count("b"), named.index("b", 1), named.index("c", -1, 9), "b" in named)
named.remove("b")
print(named, named == deque(["a", "c"]))
acting = deque([Item("act", lambda: acting.append(1)), Item("more")])
attempt(lambda: acting.count("more"))
attempt(lambda: acting.index("more"))
attempt(lambda: "more" in acting)
attempt(lambda: acting.remove("act"))


def feed():
    yield "fed"
    print("full", fed)
    yield "more"
    raise ValueError("no more")


fed = deque()
attempt(lambda: fed.extend(feed()))
print(fed)

own = Own("ab", 3)
own.note = "kept"
print(own, own.copy(), type(own.copy()), type(own + own), type(own * 2), own.__reduce__()[:3], deque("a", 2).__reduce__()[:3])
