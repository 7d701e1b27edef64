# What counts as true, and what `and`, `or`, `not` give back.
for value in [0, 1, -1, 0.0, 0.1, "", "0", [], [0], (), (0,), {}, {0: 0}, set(), None, True, False, range(0), range(1), b"", 0j, ..., len]:
    print(repr(value) if value is not len else "len", bool(value), not value)
print(1 and 2, 0 and 2, 1 or 2, 0 or 2, 0 or [] or "", 1 and "" and 3, not 1 or 2)


def show(name, result):
    print(name, end=" ")
    return result


print(show("a", True) and show("b", False) and show("c", True))
print(show("a", False) or show("b", 5) or show("c", True))
print(show("a", 1) < show("b", 0) < show("c", 2))
print("yes" if show("t", []) else "no")


class Box:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        print("len", end=" ")
        return self.n


class Flag:
    def __bool__(self):
        print("bool", end=" ")
        return False


print(bool(Box(0)), bool(Box(2)), not Flag(), Flag() or "other", [1 for _ in "ab" if Box(1)])
if Flag():
    print("never")
while not Box(1):
    break
else:
    print("else")


class Bad:
    def __bool__(self):
        return 1


try:
    bool(Bad())
except TypeError as error:
    print(error)
