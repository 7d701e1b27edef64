# An iterator over an OrderedDict sees at its next item that the order has changed.
from _collections import OrderedDict


def twice(iterator):
    for _ in range(2):
        try:
            print(" ", next(iterator))
        except (StopIteration, RuntimeError, KeyError) as error:
            print(" ", type(error).__name__, error)


def changed(change):
    ordered = OrderedDict.fromkeys("abc", 0)
    iterator = iter(ordered.items())
    next(iterator)
    change(ordered)
    twice(iterator)


print("another value")
changed(lambda ordered: ordered.__setitem__("b", 1))
print("a new key")
changed(lambda ordered: ordered.__setitem__("d", 1))
print("a moved key")
changed(lambda ordered: ordered.move_to_end("a"))
print("a key that is at the end")
changed(lambda ordered: ordered.move_to_end("c"))
print("no keys")
changed(OrderedDict.clear)
print("a key beside the order")
changed(lambda ordered: dict.__setitem__(ordered, "d", 1))
print("another length")
changed(lambda ordered: dict.__delitem__(ordered, "b"))

ordered = OrderedDict.fromkeys("abc")
iterator = iter(ordered.items())
next(iterator)
print(iterator.__reduce__(), list(iterator), list(iterator))
