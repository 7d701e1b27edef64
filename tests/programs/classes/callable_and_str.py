# __call__, __repr__, __str__, __format__, __hash__, __del__, __sizeof__ and friends.
class Adder:
    def __init__(self, n):
        self.n = n

    def __call__(self, x, *more, scale=1):
        return (self.n + x + sum(more)) * scale

    def __repr__(self):
        return f"Adder({self.n!r})"

    def __format__(self, spec):
        return f"<{spec}|{self.n}>"

    def __hash__(self):
        return hash(self.n)

    def __eq__(self, other):
        return isinstance(other, Adder) and self.n == other.n


a = Adder(5)
print(a(1), a(1, 2, 3), a(1, scale=10), a, str(a), [a], f"{a} {a:x} {a!r:>10}", "{:spec}".format(a), format(a, "y"))
print(callable(a), list(map(a, [1, 2])), a == Adder(5), a != Adder(6), len({a, Adder(5), Adder(6)}), {a: 1}[Adder(5)])


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


def scope():
    n = Noisy("local")
    print("in scope")


scope()
x = Noisy("first")
x = Noisy("second")
y = x
del x
print("still there")
y = None
items = [Noisy("a"), Noisy("b")]
items.clear()
Noisy("temporary")
d = {"k": Noisy("in dict")}
d["k"] = 1
print("end")


class Ordered:
    def __init__(self, v):
        self.v = v

    def __eq__(self, other):
        print("eq", end=" ")
        return self.v == other.v

    def __lt__(self, other):
        print("lt", end=" ")
        return self.v < other.v


print(Ordered(1) == Ordered(1), Ordered(1) < Ordered(2), Ordered(1) > Ordered(2), (1, Ordered(1)) < (1, Ordered(2)), [Ordered(1)] == [Ordered(1)])
