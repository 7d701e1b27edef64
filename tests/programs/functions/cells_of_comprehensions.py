# A comprehension that runs within its function makes its cell in the middle of it.
late = [lambda: i for i in range(3)]
early = [lambda i=i: i for i in range(3)]
print([f() for f in late], [f() for f in early])


def inside(n):
    functions = [lambda: x for x in range(2)]
    return [f() for f in functions], n


print(inside(1))
