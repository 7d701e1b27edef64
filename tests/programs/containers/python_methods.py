# Containers whose special methods are written in Python: who is asked, and in what order.
class Loud:
    def __init__(self, n):
        self.n = n

    def __len__(self):
        print("len")
        return self.n

    def __iter__(self):
        print("iter")
        return iter(range(self.n))


print(list(Loud(2)), tuple(Loud(2)), set(Loud(2)), sorted(Loud(2)), [*Loud(1)], (*Loud(1),))
items = [1]
items.extend(Loud(1))
items[0:1] = Loud(2)
items += Loud(1)
a, b = Loud(2)
a, *rest = Loud(3)
print(items, a, b, rest, sum(Loud(3)), max(Loud(3)), dict.fromkeys(Loud(1)), {5}.union(Loud(2)), list(zip(Loud(1), Loud(2))))


class Hinting:
    def __length_hint__(self):
        print("hint")
        return 3

    def __iter__(self):
        print("iter")
        return self

    def __next__(self):
        print("next")
        raise StopIteration


print(list(Hinting()), tuple(Hinting()), [*Hinting()])
*b, = Hinting()


class Sequence:
    def __len__(self):
        print("len")
        return 2

    def __getitem__(self, index):
        print("item", index)
        return "ab"[index]


print(list(Sequence()), list(reversed(Sequence())), "b" in Sequence(), "c" in Sequence())


class Mapping:
    def keys(self):
        print("keys")
        return ["a", "b"]

    def __getitem__(self, key):
        print("item", key)
        return key * 2


def keywords(**given):
    return given


print(dict(Mapping()), {**Mapping()}, keywords(**Mapping()), dict(Mapping(), c=1))
try:
    keywords(a=1, **Mapping())
except TypeError as error:
    print(error)


class Container:
    def __contains__(self, item):
        return [] if item == "no" else item

    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)

    def __reversed__(self):
        return iter("reversed")


c = Container()
print("no" in c, "yes" in c, "no" not in c, c[1], c[1:2], c[::2, ...], "".join(reversed(c)))
c[0] = 1
c[0:1] = 2
del c[0]
del c[::2]


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        print("index", self.value)
        return self.value


print([5, 6, 7][Index(1)], [5, 6, 7][Index(1) :], "abc"[Index(2)], range(9)[Index(0) : Index(6) : Index(2)], [0] * Index(2), range(Index(3)))
numbers = [1, 2, 3, 4]
numbers.insert(Index(0), 9)
numbers[Index(1)] = 8
del numbers[Index(2) : Index(4)]
print(numbers, numbers.pop(Index(0)), numbers.index(4, Index(0)), slice(Index(1), None).indices(Index(3)))


class Words(dict):
    def __missing__(self, key):
        return key + "?"


class Backwards(list):
    def __getitem__(self, index):
        return super().__getitem__(-1 - index)

    def __iter__(self):
        return (self[index] for index in range(len(self)))

    def __len__(self):
        return super().__len__()


words, backwards = Words(a="b"), Backwards([1, 2, 3])
print(words["a"], words["c"], words.get("c"), backwards[0], list(backwards), [*backwards], backwards, sorted(backwards), 2 in backwards)


class Truth:
    def __bool__(self):
        print("bool")
        return True


print(sorted([1, 3, 2], reverse=Truth()), list(zip([1], [2], strict=Truth())), list(filter(Truth().__class__, [0])))
numbers.sort(reverse=Truth())
print(numbers, any([Truth()]), all([Truth(), 0]))
