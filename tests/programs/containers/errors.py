# What containers and iterators say when they are used wrongly.
def loop(container, change):
    for item in container:
        change(item)


class NoHash:
    def __eq__(self, other):
        return True


class BadHash:
    def __hash__(self):
        return "hash"


class Raising:
    def __hash__(self):
        raise TypeError("no hash today")


class Odd:
    __iter__ = None
    __contains__ = None

    def __len__(self):
        return -1

    def __index__(self):
        return "index"


class Keys:
    def __init__(self, keys):
        self.keys = lambda: keys

    keys = None


def takes(*arguments, **named):
    return arguments, named


five = 5
numbers = [0, 1, 2, 3, 4, 5]
growing = {1: 1}
moving = {1: 1, 2: 2}
swelling = {1}
cases = [
    lambda: [1][5], lambda: [1][2**70], lambda: (1,)[1], lambda: "a"[3], lambda: b"a"[3], lambda: range(2)[2], lambda: {}["key"],
    lambda: five[0], lambda: int[0], lambda: [1]["1"[0:]], lambda: (1,)[five / 2], lambda: numbers[::0], lambda: numbers["a":],
    lambda: numbers.__setitem__(9, 1), lambda: numbers.__delitem__(9), lambda: numbers.__setitem__(slice(0, 6, 2), [1]),
    lambda: numbers.__setitem__(slice(0, 6, 2), 5), lambda: numbers[Odd()], lambda: len(Odd()), lambda: iter(Odd()), lambda: 1 in Odd(),
    lambda: len(five), lambda: 1 in five, lambda: iter(five), lambda: next([]), lambda: next(iter([])), lambda: reversed({1}), lambda: iter(five, five),
    lambda: {NoHash()}, lambda: {NoHash(): 1}, lambda: {BadHash()}, lambda: {Raising(): 1}, lambda: [] in {1}, lambda: {}.get([]), lambda: {}.pop([]),
    lambda: {1: 1}.pop([]), lambda: {}.popitem(), lambda: set().pop(), lambda: {1}.remove((2,)), lambda: [].pop(), lambda: [1].pop(3), lambda: [1].remove(2),
    lambda: [1].index(2), lambda: (1,).index(2), lambda: range(3).index(9), lambda: range(3).index("a"), lambda: range(1, 2, 0), lambda: range("a"), lambda: range(),
    lambda: dict([1]), lambda: dict([(1,)]), lambda: dict(["ab", "c"]), lambda: dict(five), lambda: {**five}, lambda: [*five], lambda: {*five},
    lambda: takes(*five), lambda: takes(**five), lambda: takes(**{1: 2}), lambda: takes(a=1, **{"a": 2}), lambda: dict(Keys(5)), lambda: dict(Keys([1])),
    lambda: list(zip([1], [1, 2], strict=True)), lambda: list(zip([1, 2], [1], strict=True)), lambda: list(zip([1], [1], [], strict=True)),
    lambda: list(map(max, [1, 2], [1], strict=True)), lambda: zip(5), lambda: map(), lambda: filter(None), lambda: enumerate(), lambda: enumerate([], "a"),
    lambda: sum([[1]]), lambda: sum([], ""), lambda: sum([], b""), lambda: sum(), lambda: max(), lambda: max([]), lambda: min(5), lambda: max(1, 2, default=3),
    lambda: max([1], word=2), lambda: sorted(), lambda: sorted([1], [2]), lambda: sorted([1], word=2), lambda: [1, "a"].sort(), lambda: [].sort(1),
    lambda: [1] + (2,), lambda: (1,) + [2], lambda: [1] * "a", lambda: "a" * [1], lambda: [1] * 2**70, lambda: [1] * 2**62, lambda: {1} | [1], lambda: {} | [],
    lambda: {1} < [1], lambda: slice(1).indices(-1), lambda: slice(None, None, 0).indices(3), lambda: len(range(2**70)), lambda: list(1, 2), lambda: set(x=1),
    lambda: [].append(), lambda: list.append(1, 2), lambda: list.append(), lambda: list.__len__(5), lambda: [].__len__(1), lambda: [].insert("a", 1), lambda: {1}.union(5),
    lambda: loop(growing, lambda key: growing.update({key + 1: 1})), lambda: loop(swelling, lambda key: swelling.add(key + 1)),
    lambda: loop(moving, lambda key: (moving.pop(key), moving.update({key + 5: 1}))),
]
for case in cases:
    try:
        print("no error", case())
    except Exception as error:
        print(type(error).__name__, error, *getattr(error, "__notes__", []))


def unpack(value):
    try:
        a, b = value
    except Exception as error:
        print(type(error).__name__, error)
    try:
        a, b, *c = value
        print(a, b, c)
    except Exception as error:
        print(type(error).__name__, error)


for value in (5, Odd(), [1], (1, 2, 3), {1: 1, 2: 2, 3: 3}, "abc", iter("a"), iter("abc"), {1, 2, 3}):
    unpack(value)
