# Functions are objects: passed, returned, stored, compared, with attributes.
def twice(f, x):
    return f(f(x))


def compose(*functions):
    def composed(x):
        for f in reversed(functions):
            x = f(x)
        return x

    return composed


def documented(a: int, b: "text" = "x") -> list:
    """One line of help."""
    return [a, b]


print(twice(lambda x: x * 3, 2), twice(str.upper, "a"), compose(abs, int, float)("-3.7"))
table = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "max": max}
print([table[op](7, 3) for op in table])
print(documented.__name__, documented.__doc__, documented.__qualname__, compose().__name__, compose().__qualname__)
print(documented.__annotations__, documented.__module__, (lambda: 0).__name__, documented.__code__.co_argcount)
documented.mark = 5
print(documented.mark, documented.__dict__, hasattr(twice, "mark"), callable(twice), callable(5))
print(documented is documented, twice == compose, [f.__name__ for f in sorted([twice, compose], key=lambda f: f.__name__)])
print(list(map(lambda p: p[0] + p[1], [(1, 2), (3, 4)])), list(filter(None, [0, 1, "", "a"])), (lambda *a, **k: (a, k))(1, x=2))
try:
    twice(5, 1)
except TypeError as error:
    print(error)
try:
    print(twice.missing)
except AttributeError as error:
    print(error)
