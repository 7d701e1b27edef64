"""Subclasses of set and frozenset: what copies of them are, and who takes keywords."""


class Set(set):
    pass


class Frozen(frozenset):
    pass


def show(thunk):
    try:
        print(repr(thunk()))
    except TypeError as error:
        print("TypeError:", error)


one, two = Set("a"), Frozen("a")
for method in "copy", "union", "intersection", "difference":
    print(method, type(getattr(one, method)()).__name__, type(getattr(two, method)()).__name__)
print(two.copy() is two, frozenset(two) is two, frozenset("a").copy())
for operator in "__or__", "__and__", "__sub__", "__xor__":
    print(operator, type(getattr(one, operator)({1})).__name__, type(getattr(two, operator)({1})).__name__)

for base in set, frozenset, Set, Frozen:
    show(lambda: base(sequence=()))
    show(lambda: base((), ()))

for base in set, frozenset:

    class Initialized(base):
        def __init__(self, items, note=None):
            super().__init__(items) if base is set else super().__init__()
            self.note = note

    class Made(base):
        def __new__(cls, items, note=None):
            made = super().__new__(cls, items)
            made.note = note
            return made

    show(lambda: Initialized([1, 2], note=3).note)
    show(lambda: Made([1, 2]).note)
    show(lambda: Made([1, 2], note=3).note)
