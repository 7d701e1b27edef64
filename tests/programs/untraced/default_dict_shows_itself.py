# What makes the values of a defaultdict may show that dict.
from _collections import defaultdict


class Itself(defaultdict):
    def __init__(self):
        self.default_factory = self.make

    def make(self):
        return []


print(repr(Itself()))


class Maker:
    def __call__(self):
        return 0

    def __repr__(self):
        return f"<maker of {inside!r}>"


inside = defaultdict(Maker())
inside[1] = inside
print(repr(inside))
# One class makes the values of two, one of which is in the other.
outer = defaultdict(list)
outer["inner"] = defaultdict(list, {1: [2]})
print(repr(outer))
print(repr(defaultdict(None, {1: 2})), repr(defaultdict()))
