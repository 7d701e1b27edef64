# OrderedDict: items can be moved to both ends, and two are equal in their order only.  Fields of named tuples.
from _collections import OrderedDict, _tuplegetter


def attempt(what):
    try:
        print(what())
    except Exception as error:
        print(type(error).__name__, error)


order = OrderedDict([("a", 1), ("b", 2)], c=3)
print(order, OrderedDict(), list(order), list(reversed(order)))
order.move_to_end("a")
print(order)
order.move_to_end("a", last=False)
order.move_to_end("c", False)
print(order, order.popitem(), order.popitem(last=False), order)
order["b"] = 2
del order["a"]
order.update(d=4, e=5)
print(order == OrderedDict(b=2, d=4, e=5), order == OrderedDict(e=5, d=4, b=2), order == {"e": 5, "d": 4, "b": 2}, order != OrderedDict(b=2))
print({"b": 2} == OrderedDict(b=2), OrderedDict(a=1) != {"a": 1}, OrderedDict(a=1) == 1)
print(order.keys(), order.values(), order.items(), type(iter(order)), type(order.keys()))
print(list(reversed(order.items())), list(reversed(order.values())), order.keys() & {"b", "z"}, ("b", 2) in order.items())
print(order | {"z": 1}, {"z": 1} | order, type({"z": 1} | order), order.copy(), OrderedDict.fromkeys("xy", 0))
print(order.pop("b"), order.pop("zz", "default"), order.setdefault("d"), order.setdefault("n", 7), order.__reduce__()[:4])
order |= {"q": 1}
order["d"] = "changed"
del order["e"]
order["e"] = "again"
print(order)
order.note = "kept"
print(order.__dict__, order.__reduce__()[2], order.copy().__dict__)
order["self"] = order
print(order)
attempt(lambda: order.move_to_end("zz"))
attempt(lambda: order.pop("zz"))
attempt(lambda: OrderedDict().popitem())
attempt(lambda: OrderedDict(1))
attempt(lambda: OrderedDict(1, 2))
attempt(lambda: order.popitem(1, 2))
attempt(lambda: hash(order))
iterator = iter(order)
next(iterator)
order["new"] = 1
attempt(lambda: next(iterator))
order.clear()
print(order)


class Own(OrderedDict):
    def __missing__(self, key):
        return "missing", key


own = Own(a=1)
print(own["zz"], own, own.copy(), type(own.copy()), own | {}, type(own | {}))

field = _tuplegetter(1, "the second")
print(field, field.__doc__, field.__reduce__())
field.__doc__ = "another"
print(field)


class Pair(tuple):
    first = _tuplegetter(0, "first")
    second = field


pair = Pair((10, 20))
print(pair.first, pair.second, Pair.first, Pair.second is field, field.__get__(pair), field.__get__(None, Pair) is field)
attempt(lambda: Pair((1,)).second)
attempt(lambda: setattr(pair, "first", 2))
attempt(lambda: delattr(pair, "first"))
attempt(lambda: field.__get__([1, 2]))
attempt(lambda: _tuplegetter("a", ""))
attempt(lambda: _tuplegetter(1))
