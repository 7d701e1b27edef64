# The iterator protocol by hand.
class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        print("iter")
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n


for x in Countdown(3):
    print(x)
print(list(Countdown(3)), tuple(Countdown(2)), set(Countdown(2)), sum(Countdown(4)), max(Countdown(3)), sorted(Countdown(3)), 2 in Countdown(4))
print([*Countdown(2)], dict(zip(Countdown(2), "ab")), list(map(str, Countdown(2))), list(filter(None, Countdown(3))), list(enumerate(Countdown(2))), any(Countdown(2)), all(Countdown(2)))
a, b = Countdown(2)
first, *rest = Countdown(4)
print(a, b, first, rest, "-".join(str(x) for x in Countdown(3)), list(zip(Countdown(2), Countdown(3))))
it = iter([1, 2, 3])
print(next(it), list(it), next(it, None), list(it))
for x, y in zip([1, 2], "ab"):
    print(x, y)
items = [1, 2, 3]
for x in items:
    if x < 10:
        items.append(x * 10)
print(items)
print(list(iter("ab")), list({"a": 1, "b": 2}), [k for k in {"x": 0}.items()], list(reversed("abc")), list(reversed(range(3))))


class NotIterator:
    def __iter__(self):
        return 5


class Broken:
    def __iter__(self):
        return self

    def __next__(self):
        raise ValueError("broken")


for what in (NotIterator(), Broken()):
    try:
        for x in what:
            pass
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
