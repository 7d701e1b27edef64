# Objects that act like containers.
class Grid:
    def __init__(self, width, height):
        self.width, self.height = width, height
        self.cells = {}

    def __getitem__(self, key):
        print("get", key)
        if isinstance(key, slice):
            return [self.cells.get((i, 0)) for i in range(*key.indices(self.width))]
        return self.cells.get(key, ".")

    def __setitem__(self, key, value):
        print("set", key, value)
        self.cells[key] = value

    def __delitem__(self, key):
        print("del", key)
        del self.cells[key]

    def __len__(self):
        return self.width * self.height

    def __contains__(self, key):
        print("contains", key)
        return key in self.cells

    def __iter__(self):
        return iter(sorted(self.cells))

    def __reversed__(self):
        return iter(sorted(self.cells, reverse=True))


g = Grid(3, 2)
g[0, 0] = "a"
g[2, 1] = "b"
g[0, 0] += "!"
print(g[0, 0], g[1, 1], (2, 1) in g, (9, 9) not in g, len(g), list(g), list(reversed(g)), bool(g), g[0:2], g[...])
del g[2, 1]
print([cell for cell in g], sorted(g), max(g))


class Squares:
    def __getitem__(self, i):
        if i >= 5:
            raise IndexError
        return i * i


print(list(Squares()), 9 in Squares(), 10 in Squares(), sum(Squares()), [*Squares()], tuple(Squares()))
a, b, *c = Squares()
print(a, b, c, dict(enumerate(Squares())))


class Missing(dict):
    def __missing__(self, key):
        return f"no {key}"


m = Missing(a=1)
print(m["a"], m["b"], m.get("b"), len(m))
for what in (lambda: len(Squares()), lambda: object()[0], lambda: iter(object()), lambda: 1 in object()):
    try:
        what()
    except TypeError as error:
        print(error)
