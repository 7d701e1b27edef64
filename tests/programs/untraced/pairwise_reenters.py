# A pairwise whose source asks it for a pair meanwhile; result tuples that the collector has let go of are known to it again.
import gc
from itertools import combinations, pairwise


class Source:
    def __init__(self, again):
        self.count = 0
        self.again = again

    def __iter__(self):
        return self

    def __next__(self):
        self.count += 1
        if self.count == self.again:
            return next(pairs)
        return [self.count]


for again in 1, 2, 3:
    pairs = pairwise(Source(again))
    print(next(pairs), next(pairs))

found = combinations([None, []], 1)
next(found)
gc.collect()
print(gc.is_tracked(next(found)))
