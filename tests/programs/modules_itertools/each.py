"""Every iterator of itertools: what it gives, and what it leaves behind in the iterators it went through."""

import itertools
from itertools import (
    accumulate, batched, chain, combinations, combinations_with_replacement, compress, count, cycle, dropwhile,
    filterfalse, groupby, islice, pairwise, permutations, product, repeat, starmap, takewhile, tee, zip_longest,
)


def numbers(stop, name="n"):
    for number in range(stop):
        yield number
    print("end of", name)


class Sequence:
    def __init__(self, *items):
        self.items = items

    def __getitem__(self, index):
        return self.items[index]


class Counting:
    def __init__(self, stop):
        self.at, self.stop = 0, stop

    def __iter__(self):
        return self

    def __next__(self):
        if self.at == self.stop:
            raise StopIteration
        self.at += 1
        return self.at


def show(name, iterator, limit=12):
    print(name, list(islice(iterator, limit)))


for source in (lambda: "abcd", lambda: [3, 1, 2, 2], lambda: numbers(4), lambda: Sequence(5, 6, 7), lambda: Counting(4)):
    show("accumulate", accumulate(source()))
    show("accumulate max", accumulate(source(), max))
    show("batched", batched(source(), 3))
    show("chain", chain(source(), source(), ()))
    show("from_iterable", chain.from_iterable([source(), "xy"]))
    show("combinations", combinations(source(), 2))
    show("with replacement", combinations_with_replacement(source(), 2))
    show("compress", compress(source(), [1, 0, "", "x", 1]))
    show("cycle", cycle(source()), 10)
    show("dropwhile", dropwhile(lambda item: item in ("a", 0, 1, 5), source()))
    show("filterfalse", filterfalse(None, source()))
    show("filterfalse", filterfalse(lambda item: item in ("b", 2, 6), source()))
    show("filterfalse", filterfalse(bool, source()))
    show("groupby", ((key, list(group)) for key, group in groupby(source(), lambda item: item in ("b", "c", 1, 2, 6))))
    show("groupby", ((key, list(group)) for key, group in groupby(source())))
    show("islice", islice(source(), 1, 4, 2))
    show("pairwise", pairwise(source()))
    show("permutations", permutations(source(), 2))
    show("permutations", permutations(source()))
    show("product", product(source(), [True, False]))
    show("product", product(source(), repeat=2))
    show("starmap", starmap(lambda a, b: (b, a), zip(source(), "wxyz")))
    show("takewhile", takewhile(lambda item: item in ("a", 0, 1, 5, 3), source()))
    show("zip_longest", zip_longest(source(), "xy", [1, 2, 3, 4, 5, 6], fillvalue="-"))
    show("zip_longest", zip_longest(source(), ()))

show("count", count(), 3)
show("count", count(5, -2), 3)
show("count", count(1.5, 0.5), 3)
show("count", count(2**63 - 2), 4)
show("count", count(10**20, 10**19), 3)
show("repeat", repeat("x"), 3)
show("repeat", repeat("x", 2))
show("repeat", repeat("x", -1))
counter = count(True)
print(next(counter), counter, count(2.5), count(1, 2), count(step=3), count(start=2, step=1), repeat([1]), repeat(1, 4))
print(repeat(1, 4).__length_hint__(), next(repeat(3)), list(repeat(3, times=2)))

# What is left of the iterators that were gone through.
for tool in (
    lambda it: islice(it, 2), lambda it: islice(it, 1, 3), lambda it: islice(it, 3, 1), lambda it: takewhile(lambda n: n < 2, it),
    lambda it: zip_longest(it, "a"), lambda it: compress(it, [1, 1]), lambda it: compress([1, 1], it), lambda it: batched(it, 2),
    lambda it: pairwise(it), lambda it: accumulate(it, initial=100), lambda it: chain(it, it),
):
    source = numbers(5)
    iterator = tool(source)
    print([item for _, item in zip(range(2), iterator)], list(source))
    print(list(iterator))
source = numbers(4)
print(list(islice(source, None)), list(islice(numbers(3), None, None, 2)), list(islice("abc", 5, 9)))

# Groups share the iterator with the groupby.
groups = groupby("aabbbc")
kept = [(key, group) for key, group in groups]
print([(key, list(group)) for key, group in kept])
groups = groupby("aabbbc")
(key, first), (other, second) = next(groups), next(groups)
print(key, list(first), other, next(second), list(second), next(groups)[0], list(second), list(groups))
print(list(groups), [key for key, group in groupby([]) ], type(first).__name__)

# Iterators of a tee give the same items, each at its own pace.
one, two = tee(numbers(3, "tee"))
print(next(one), next(one), next(two), list(one), list(two), list(one))
print(len(tee([], 5)), tee([1], 0), [list(part) for part in tee("ab", 3)])
many = tee(range(130), 2)
print(sum(many[0]), sum(many[1]))
first, = tee("xyz", 1)
next(first)
second, = tee(first, 1)
third = first.__copy__()
print(list(second), list(first), list(third), type(first))

# A tuple that nobody has any more is given again.
for tool in (product("ab", "cd"), permutations("abc", 2), combinations("abc", 2), zip_longest("abc", "d"), pairwise("abc")):
    print(len(set(map(id, tool))))
kept = list(permutations(range(3)))
print(kept, len(set(map(id, kept))))

print(list(product()), list(product(repeat=0)), list(product("ab", repeat=0)), list(product("ab", [])), list(permutations([])))
print(list(combinations("ab", 3)), list(combinations("ab", 0)), list(combinations_with_replacement([], 1)))
print(list(combinations_with_replacement([], 0)), list(permutations("ab", 0)), list(permutations("ab", 3)))
print(list(batched("abcdefg", 3)), list(batched([], 3)), list(zip_longest()), list(chain()), list(cycle([])))
print(next(accumulate([], initial=None), "none"), list(accumulate([], initial=3)), list(accumulate([1], None, initial=2)))

for tool in (itertools.chain[int], chain, type(iter(tee("a")[0]))):
    print(tool)
