# zip gives the same tuple again, with other items, while nobody else holds it.
from sys import getrefcount


class Item:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def items(prefix):
    for number in range(3):
        yield Item(f"{prefix}{number}")


for left, right in zip(items("a"), items("b")):
    print(left.name, right.name)
del left, right
print("kept")
for pair in zip(items("c"), items("d")):
    print(pair[0].name, pair[1].name, getrefcount(pair))
del pair
print("all kept")
pairs = []
for pair in zip(items("e"), items("f")):
    pairs.append(pair)
print(pairs[0] is pairs[1], getrefcount(pairs[0]), getrefcount(pairs[1]))
del pair, pairs
print("twice")
source = zip([1, 2, 3, 4], "wxyz")
for one, other in zip(source, source):
    print(one, other)
for number, (one, other) in enumerate(zip([1, 2], "xy")):
    print(number, one, other)
print(list(zip([1, 2], [3, 4])), dict(zip("ab", [1, 2])))


def short():
    yield Item("g0")


for pair in zip(items("h"), short()):
    print(pair[0].name)
print("short")
