# Closures share cells.
def counter():
    count = 0

    def up():
        nonlocal count
        count += 1
        return count

    def down():
        nonlocal count
        count -= 1
        return count

    return up, down


up, down = counter()
other, _ = counter()
print(up(), up(), up(), down(), other(), up())


def outer(a):
    def middle(b):
        def inner(c):
            return a, b, c

        return inner

    return middle


print(outer(1)(2)(3), outer("x")("y")("z"))
print(outer.__code__.co_cellvars, outer(1).__code__.co_freevars, [c.cell_contents for c in outer(1)(2).__closure__])


def parameters_in_cells(x, *args, y=1, **kwargs):
    return lambda: (x, args, y, kwargs)


print(parameters_in_cells(1, 2, y=3, z=4)())


def loop():
    functions = []
    for i in range(3):

        def f():
            return i * scale

        functions.append(f)
    scale = 10
    return [f() for f in functions]


print(loop())
x = "global"


def shadow():
    x = "outer"

    class C:
        x = "class"

        def method(self):
            return x

        seen = x

    return C().method(), C.seen, [x for _ in range(1)]


print(shadow())
