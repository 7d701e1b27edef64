# lambda, comprehension scopes, and where names are looked up.
print((lambda: 5)(), (lambda x, y=2, *a, **k: (x, y, a, k))(1, 3, 4, z=5))
adders = {n: (lambda x, n=n: x + n) for n in (1, 2)}
print(adders[1](10), adders[2](10))
x = "module"


def f():
    print(x)
    [x for x in range(3)]
    print(x)


f()


def g(x):
    return [x + y for y in range(x) if (lambda z: z % 2)(y)]


print(g(4))


class C:
    items = [1, 2]
    copied = [i for i in items]
    x = "class"

    def get(self):
        return x

    def own(self):
        return self.x


print(C.copied, C().get(), C().own())
print([[y for y in range(x)] for x in range(3)], x)
print({x: y for x, y in zip("ab", (1, 2))}, x)
compute = lambda n: n if n < 2 else compute(n - 1) + compute(n - 2)
print(compute(10))
len = lambda x: "my len"
print(len([1]))
del len
print(len([1]))
print(sorted(locals().keys() & {"x", "f", "C"}), (lambda: sorted(locals()))())
