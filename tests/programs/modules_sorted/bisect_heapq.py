"""_bisect and _heapq: the same comparisons in the same order, keys, and what goes wrong."""

import _bisect as bisect
import _heapq as heapq


def attempt(function, *args, **names):
    try:
        print(function.__name__, function(*args, **names))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


class Noisy:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        print(f"{self.value}<{other.value}", end=" ")
        if self.value == "bad":
            raise ValueError("not to be compared")
        return self.value < other.value

    def __repr__(self):
        return f"N{self.value}"


for name in ("bisect_left", "bisect_right", "insort_left", "insort_right"):
    function = getattr(bisect, name)
    attempt(function)
    attempt(function, [1])
    attempt(function, 1, 1)
    attempt(function, [1], 1, -1)
    attempt(function, [1], 1, 0, 5)
    attempt(function, [1, 2], 1, 0, None)
    attempt(function, [1, 2], 1, 0, -1)
    attempt(function, [1, 2], 1, 0, -2)
    attempt(function, [1], 1, 0, 1, len)
    attempt(function, [1], 1, key=len)
    attempt(function, [1], "a")
    attempt(function, [1], 1, "x")
    attempt(function, [1], 1, 0, "x")
    attempt(function, (1, 2), 1)
    attempt(function, x=1, a=[1])
    attempt(function, [1], 1, y=2)
    attempt(function, [1, 2], 1, 2**70)
    attempt(function, [1, 2], 1, 0, 2**70)
    attempt(function, [1, 2], 1, 5)
    for wanted in (0, 3, 4, 9):
        items = [Noisy(value) for value in (1, 3, 3, 3, 5, 7)]
        print(name, function(items, Noisy(wanted)), items)
        print(function([7, 5, 3, 1], wanted if "insort" in name else -wanted, key=lambda item: -item))
    attempt(function, [Noisy(1)], Noisy("bad"))


class Sequence:
    def __init__(self, *items):
        self.items = list(items)

    def __len__(self):
        print("len", end=" ")
        return len(self.items)

    def __getitem__(self, index):
        print("item", index, end=" ")
        return self.items[index]

    def insert(self, index, item):
        print("insert", index, item, end=" ")
        self.items.insert(index, item)


sequence = Sequence(1, 3, 5)
print(bisect.bisect_left(sequence, 3), bisect.bisect_right(sequence, 3), bisect.insort_left(sequence, 4), sequence.items)
print(bisect.bisect_left(range(100), 57), bisect.bisect_left("abcde", "c", 1, 4))

for suffix in ("", "_max"):
    push, pop = getattr(heapq, "heappush" + suffix), getattr(heapq, "heappop" + suffix)
    replace, push_pop = getattr(heapq, "heapreplace" + suffix), getattr(heapq, "heappushpop" + suffix)
    heapify = getattr(heapq, "heapify" + suffix)
    for function in (push, pop, replace, push_pop, heapify):
        attempt(function)
        attempt(function, ())
        attempt(function, (), 1)
        attempt(function, [])
        attempt(function, [], 1)
        attempt(function, [1], 2, 3)
        attempt(function, heap=[1])
    heap = []
    for value in (5, 2, 8, 1, 9, 3, 7, 2):
        push(heap, Noisy(value))
        print(heap)
    print(push_pop(heap, Noisy(0)), push_pop(heap, Noisy(6)), replace(heap, Noisy(4)), heap)
    while heap:
        print(pop(heap), heap)
    for size in (1, 2, 3, 6, 7, 20):
        heap = [Noisy((value * 7) % 11) for value in range(size)]
        heapify(heap)
        print(heap)
    numbers = [(value * 7919) % 3001 for value in range(2600)]
    heapify(numbers)
    print(numbers[:20], sum(value * place for place, value in enumerate(numbers)))
    heap = [Noisy(1), Noisy(2)]
    attempt(push, heap, Noisy("bad"))
    attempt(heapify, [Noisy("bad"), Noisy(1), Noisy("bad")])


class Shrinks:
    def __lt__(self, other):
        heap.clear()
        return True


heap = [Shrinks(), Shrinks(), Shrinks(), Shrinks()]
attempt(heapq.heappop, heap)
heap = [Shrinks(), Shrinks()]
attempt(heapq.heappushpop, heap, Shrinks())
heap = [Shrinks(), Shrinks(), Shrinks()]
attempt(heapq.heapify, heap)
attempt(heapq.heappush, heap, 1)


class List(list):
    pass


heap = List([3, 1, 2])
heapq.heapify(heap)
print(heap, heapq.heappop(heap), heap)
