"""Which iterators give the same tuple again while nobody else has it, and that what is kept of them stays."""

import sys
from itertools import (accumulate, batched, chain, combinations, combinations_with_replacement, compress, groupby,
                       islice, pairwise, permutations, product, starmap, zip_longest)


def shown(name, make):
    seen = set()
    for pair in make():
        seen.add(id(pair))
        del pair
    asked = make()
    first, second = id(next(asked)), id(asked.__next__())
    counted = sys.getrefcount(next(asked))
    print(name, len(seen), first == second, counted, len({id(kept) for kept in list(make())}))


class Growing:
    def __iter__(self):
        return iter([1, 2, 3, 4])


counts = {1: 2, 3: 4, 5: 6, 7: 8}
shown('enumerate', lambda: enumerate([1, 2, 3, 4]))
shown('enumerate of Python', lambda: enumerate(Growing(), 10**20))
shown('items', lambda: iter(counts.items()))
shown('reversed items', lambda: reversed(counts.items()))
shown('zip', lambda: zip([1, 2, 3], [1, 2, 3]))
shown('product', lambda: product([1, 2], [1, 2]))
shown('combinations', lambda: combinations([1, 2, 3], 2))
shown('permutations', lambda: permutations([1, 2, 3], 2))
shown('zip_longest', lambda: zip_longest([1, 2, 3], [1, 2, 3]))
shown('pairwise', lambda: pairwise([1, 2, 3, 4]))
shown('with replacement', lambda: combinations_with_replacement([1, 2, 3], 2))
shown('batched', lambda: batched([1, 2, 3, 4, 5, 6], 2))
shown('groupby', lambda: groupby([1, 2, 3]))


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('gone', self.name)


for make in (lambda: enumerate(Loud(n) for n in range(3)), lambda: zip(Loud(n) for n in range(3)),
             lambda: pairwise(Loud(n) for n in range(3)), lambda: iter({Loud(0): Loud(1), Loud(2): 3}.items())):
    for pair in make():
        print(len(pair))
        del pair
    print('end')

# Natives that go through such an iterator in one go keep what they keep.
print(max(pairwise([3, 1, 2, 0, 9, 1])), min(product([3, 1, 2], [1, 0])), max(combinations([5, 4, 3, 9], 2)))
print(sorted(permutations([2, 1])), tuple(zip_longest([1, 2], [3])), sum(pairwise([1, 2, 3]), ()))
first, *others = pairwise([1, 2, 3, 4])
print(first, others, {*pairwise([1, 2])}, dict(pairwise([1, 2, 3])), dict.fromkeys(pairwise([1, 2, 3])))
print(list(map(list, pairwise([1, 2, 3]))), list(zip(pairwise([1, 2, 3]), pairwise([1, 2, 3]))))
print(list(pairwise(pairwise([1, 2, 3, 4]))), list(enumerate(pairwise([1, 2, 3, 4]))))
print([key for key, _ in groupby(pairwise([1, 2, 3, 4]))], list(accumulate(pairwise([1, 2, 3, 4]))))
print(list(compress(pairwise([3, 1, 2]), pairwise([1, 2, 3]))), list(islice(pairwise([1, 2, 3]), 2)))
print(max(enumerate([1, 2, 3]), key=lambda pair: -pair[0]), list(batched(pairwise([1, 2, 3]), 2)))
print(list(chain.from_iterable(pairwise([1, 2, 3]))), list(filter(None, pairwise([1, 2, 3]))))
print(list(starmap(lambda *pair: pair, pairwise([1, 2, 3]))), [*zip(*[pairwise([1, 2, 3])] * 2)])
pairs = zip([1, 2, 3], [1, 2, 4])
print(next(pairs) in pairs, max(next(pairs, (0, 0)), (1, 1)))
pairs = enumerate('abc')
print(next(pairs) in pairs, list(pairs))
print(len(set(map(id, pairwise([1, 2, 3, 4])))), list(map(tuple, pairwise([1, 2, 3]))), list(map(len, product('ab', 'cd'))))
print([*map(lambda a, b: (a, b), *[pairwise([1, 2, 3, 4, 5])] * 2)], max(map(lambda pair: pair, pairwise([3, 4, 1]))))
