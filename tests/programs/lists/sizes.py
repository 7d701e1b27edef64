# `sys.getsizeof` of a list: CPython keeps room for more items than there are, by how they came there.
from sys import getsizeof


def sizes(title, change, items=(), times=18):
    made = list(items)
    seen = [getsizeof(made)]
    for number in range(times):
        change(made, number)
        seen.append(getsizeof(made))
    print(title, seen)


print("displays", [getsizeof(made) for made in ([], [1], [1, 2, 3], [1, 2, 3, 4], [*"abc"], [*"ab", *"cde"], ["x", []])])
sizes("append", list.append, times=70)
sizes("insert", lambda made, number: made.insert(0, number))
sizes("extend by one", lambda made, number: made.extend([number]))
sizes("extend by five", lambda made, number: made.extend(range(5)))
sizes("+= tuple", lambda made, number: made.__iadd__((1, 2, 3)))
sizes("pop", lambda made, number: made.pop(), range(18))
sizes("del first", lambda made, number: made.__delitem__(0), range(18))
sizes("remove", lambda made, number: made.remove(number), range(18))
sizes("del slice", lambda made, number: made.__delitem__(slice(0, 5)), range(60), 13)
sizes("del every second", lambda made, number: made.__delitem__(slice(None, None, 2)), range(60), 7)
sizes("assign slice", lambda made, number: made.__setitem__(slice(1, 2), range(number)), range(4), 8)
sizes("repeat", lambda made, number: made.__imul__(3), [1, 2], 4)
sizes("clear and append", lambda made, number: (made.clear(), made.append(1)), range(9), 2)
sizes("sort", lambda made, number: made.sort(), [3, 1, 2], 1)
print("comprehension", [getsizeof([x for x in range(n)]) for n in range(20)])
print("of range", [getsizeof(list(range(n))) for n in range(12)])
print("of generator", [getsizeof(list(x for x in range(n))) for n in range(20)])
print("of set", [getsizeof(list(set(range(n)))) for n in range(12)])
print("of dict", [getsizeof(list(dict.fromkeys(range(n)))) for n in range(12)])
print("of views", [getsizeof(list(view)) for n in range(6) for d in [dict.fromkeys(range(n))] for view in (d.keys(), d.values(), d.items())])
print("of str", [getsizeof(list("x" * n)) for n in range(12)])
print("of list", [getsizeof(list([0] * n)) for n in range(12)])
print("of iterator", [getsizeof(list(iter([0] * n))) for n in range(12)])
print("of map", [getsizeof(list(map(str, range(n)))) for n in range(12)])
print("sorted", [getsizeof(sorted(range(n))) for n in range(12)], getsizeof(sorted([3, 1, 2])))
numbers = list(range(10))
print("others", [getsizeof(x) for x in (numbers[2:5], numbers[::3], numbers + [1], numbers * 2, numbers.copy(), [0] * 7)])


class Hints:
    def __init__(self, hint):
        self.hint = hint

    def __iter__(self):
        return iter("abc")

    def __length_hint__(self):
        return self.hint


print("hints", [getsizeof(list(Hints(hint))) for hint in (0, 1, 3, 20, NotImplemented)])


class Mine(list):
    pass


print("subclass", getsizeof(Mine()), getsizeof(Mine("abc")))


def emptied(made, empty):
    empty(made)
    seen = [getsizeof(made)]
    made.append(1)
    seen.append(getsizeof(made))
    made.extend(range(30))
    return seen + [getsizeof(made)]


def delete_all(made):
    while made:
        del made[0]


def pop_all(made):
    while made:
        made.pop()


for empty in list.clear, delete_all, pop_all, lambda made: made.__delitem__(slice(None, None, -1)), lambda made: made.__setitem__(slice(None), ()):
    print("emptied", [emptied([0] * length, empty) for length in (1, 8, 30, 32, 33, 500)])
