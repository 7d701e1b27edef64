"""itertools: wrong arguments, functions and iterators that raise, and what works on afterwards."""

import itertools
import sys
from itertools import (
    accumulate, batched, chain, combinations, combinations_with_replacement, compress, count, cycle, dropwhile,
    filterfalse, groupby, islice, pairwise, permutations, product, repeat, starmap, takewhile, tee, zip_longest,
)


def attempt(function, *args, **names):
    try:
        result = function(*args, **names)
        print(function.__name__, "gives", type(result).__name__)
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


for tool in (
    accumulate, batched, chain, combinations, combinations_with_replacement, compress, count, cycle, dropwhile, filterfalse,
    groupby, islice, pairwise, permutations, product, repeat, starmap, takewhile, tee, zip_longest, chain.from_iterable,
):
    attempt(tool)
    attempt(tool, 1)
    attempt(tool, [1])
    attempt(tool, [1], 1)
    attempt(tool, [1], [2], 3)
    attempt(tool, 1, 2, 3, 4, 5)
    attempt(tool, other=1)
    attempt(tool, [1], other=1)
    attempt(tool, [1], 1, other=2)
    attempt(tool, [1], "a")
    attempt(tool, [1], -1)
    attempt(tool, [1], 2**70)
    attempt(tool, [1], None)

attempt(product, [1], repeat=-1)
attempt(product, [1], repeat="a")
attempt(product, [1], repeat=2**62)
attempt(product, 1, repeat=-1)
attempt(batched, [1], 2, True)
attempt(batched, [1], 2, strict=True)
attempt(islice, [1], 1, -2)
attempt(islice, [1], 1, 2, 0)
attempt(islice, [1], 1, 2, "x")
attempt(accumulate, [1], None, 3)
attempt(count, "a")
attempt(count, 1, "a")
attempt(repeat, 1, times=1.5)
attempt(repeat(1).__length_hint__)
attempt(next, starmap(len, [1]))
attempt(next, dropwhile(1, [2]))
attempt(next, accumulate([1, "a"]))
attempt(list, accumulate([1, "a"]))
attempt(list, batched("abcde", 2, strict=True))
attempt(list, chain([1], 2))
attempt(list, chain.from_iterable([[1], 2]))


class Index:
    def __init__(self, name, value):
        self.name, self.value = name, value

    def __index__(self):
        print("index of", self.name)
        if self.value is None:
            raise KeyError(self.name)
        return self.value


attempt(islice, "abc", Index("stop", 2))
attempt(islice, "abc", Index("stop", None))
attempt(islice, "abc", Index("start", 1), Index("stop", -1))
attempt(islice, "abc", Index("start", -1), Index("stop", 2), Index("step", 2))
attempt(islice, "abc", Index("start", 1), Index("stop", 2), Index("step", 0))
attempt(batched, "abc", Index("n", 2))
attempt(combinations, "abc", Index("r", None))
attempt(tee, "abc", Index("n", 2))
attempt(permutations, "abc", Index("r", 2))


class Flaky:
    """Gives 1, 2, 3, … and raises at some of them."""

    def __init__(self, *bad):
        self.at, self.bad = 0, bad

    def __iter__(self):
        return self

    def __next__(self):
        self.at += 1
        if self.at in self.bad:
            raise ValueError(self.at)
        if self.at > 8:
            raise StopIteration
        return self.at


def bad(item, *others):
    if item == 2:
        raise KeyError(item)
    return item % 3


def steps(name, iterator):
    print(name, end=":")
    for _ in range(10):
        try:
            item = next(iterator)
        except Exception as error:
            print("", type(error).__name__, error, end="")
            if type(error) is StopIteration:
                break
        else:
            print("", item[0] if name == "groupby" else item, end="")
    print()


for name, iterator in (
    ("accumulate", accumulate(Flaky(3))), ("accumulate", accumulate([1, 2, 3], lambda a, b: bad(b))),
    ("batched", batched(Flaky(4), 2)), ("chain", chain(Flaky(2), [7])), ("chain", chain.from_iterable(Flaky(1))),
    ("compress", compress(Flaky(3), [1, 0, 1, 1])), ("compress", compress("abcdefgh", Flaky(3))), ("cycle", cycle(Flaky(3))),
    ("dropwhile", dropwhile(bad, [1, 2, 3, 4])), ("takewhile", takewhile(bad, [1, 2, 4, 3, 5])),
    ("filterfalse", filterfalse(bad, [1, 2, 3, 6])), ("groupby", groupby(Flaky(3))), ("groupby", groupby([1, 2, 3], bad)),
    ("islice", islice(Flaky(3), 5)), ("islice", islice(Flaky(2), 3, 6)), ("pairwise", pairwise(Flaky(3))),
    ("starmap", starmap(bad, [(1,), (2,), (3, 4)])), ("zip_longest", zip_longest(Flaky(3), "abcdef")),
    ("zip_longest", zip_longest("ab", Flaky(4))), ("tee", tee(Flaky(3), 1)[0]), ("filterfalse", filterfalse(None, Flaky(1))),
):
    steps(name, iterator)


class Truth:
    def __init__(self, truth):
        self.truth = truth

    def __bool__(self):
        if self.truth is None:
            raise RuntimeError("no truth")
        return self.truth

    def __eq__(self, other):
        print("compared")
        if self.truth is None:
            raise RuntimeError("no comparison")
        return self.truth == other.truth

    def __repr__(self):
        return f"Truth({self.truth})"


steps("compress", compress("abc", [Truth(True), Truth(None), Truth(False)]))
steps("takewhile", takewhile(lambda item: item, [Truth(True), Truth(None), Truth(False)]))
steps("filterfalse", filterfalse(None, [Truth(False), Truth(None), Truth(True)]))
steps("groupby", groupby([Truth(True), Truth(True), Truth(None), Truth(False)]))
for key, group in groupby([Truth(True), Truth(True), Truth(False)]):
    print(key, list(group))


def stop(item):
    raise StopIteration("by hand")


for tool in (dropwhile, takewhile, filterfalse):
    print(list(tool(stop, [1, 2])))
print(list(starmap(stop, [(1,)])), list(accumulate([1, 2], lambda a, b: stop(a))), list(groupby([1], stop)))


class Again:
    """Asks the tee that asks it."""

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.tee)


again = Again()
again.tee, _ = tee(again)
attempt(next, again.tee)


class Two(cycle):
    def __init__(self, *args, **names):
        self.names = names


print(Two("ab", x=1).names, next(Two("ab")), isinstance(Two("a"), cycle))
for kind in (chain, cycle, repeat, zip_longest):
    class Derived(kind):
        def __next__(self):
            return "derived"
    attempt(Derived, [1], x=2)
    derived = Derived("ab")
    print(next(derived), kind.__next__(derived), type(derived).__mro__[1].__name__, iter(derived) is derived)
for kind in (type(tee("a")[0]), type(next(groupby("a"))[1])):
    try:
        class Derived(kind):
            pass
    except TypeError as error:
        print(error)


# What is held while functions run.
class Thing:
    pass


def held(thing, *others):
    counts.append(sys.getrefcount(thing))
    return True


for tool in (
    lambda things: dropwhile(held, things), lambda things: takewhile(held, things), lambda things: filterfalse(held, things),
    lambda things: starmap(held, zip(things)), lambda things: groupby(things, held), lambda things: accumulate(things, held),
    lambda things: map(len, batched(things, 2)), lambda things: islice(things, 2), lambda things: chain(things),
):
    counts = []
    thing = Thing()
    list(tool(iter([thing, thing, thing])))
    print(counts, sys.getrefcount(thing))
