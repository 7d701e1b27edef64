# Going through an OrderedDict asks for the hash of each key, to find the next one, and of each value's once more.
from _collections import OrderedDict


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        print("hash of", self.name)
        return 1

    def __eq__(self, other):
        print(self.name, "==", other.name)
        return self.name == other.name

    def __repr__(self):
        return self.name


a, b = Key("a"), Key("b")
ordered = OrderedDict([(a, 1), (b, 2)])
print("keys")
print(list(ordered))
print("items")
print(list(ordered.items()))
print("repr")
print(ordered)
print("copy")
print(len(ordered.copy()))
print("equal")
print(ordered == OrderedDict([(b, 2), (a, 1)]))
print("move")
ordered.move_to_end(a)
ordered.move_to_end(a)
print("popitem")
print(ordered.popitem())
print("del")
del ordered[b]


class Mapping:
    def keys(self):
        for key in "ab":
            print("key", key)
            yield key

    def __getitem__(self, key):
        print("item of", key)
        return key


print(dict(Mapping()), {**Mapping()})
