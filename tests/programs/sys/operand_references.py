# Who holds the operands while Python code answers for an operator, and while a builtin calls back: the value
# stack of the caller does, with the references that it has or has only borrowed.
from _functools import reduce
from sys import getrefcount


def show(what, *objects):
    print(what, *[getrefcount(each) for each in objects])


class Truth:
    def __init__(self, *of):
        self.of = of

    def __bool__(self):
        show("  __bool__ of the answer", self, *self.of)
        return True


class Thing:
    def __add__(self, other):
        show("__add__", self, other)
        return 1

    def __radd__(self, other):
        show("__radd__", self)
        return 1

    def __iadd__(self, other):
        show("__iadd__", self, other)
        return self

    def __lt__(self, other):
        show("__lt__", self, other)
        return Truth(self, other)

    def __eq__(self, other):
        show("__eq__", self, other)
        return self is other

    def __hash__(self):
        show("__hash__", self)
        return 1

    def __neg__(self):
        show("__neg__", self)
        return 1

    def __invert__(self):
        show("__invert__", self)
        return 1

    def __getitem__(self, key):
        show("__getitem__", self, key)
        return 1

    def __setitem__(self, key, value):
        show("__setitem__", self, key, value)

    def __delitem__(self, key):
        show("__delitem__", self, key)

    def __contains__(self, item):
        show("__contains__", self, item)
        return Truth(self, item)

    def __bool__(self):
        show("__bool__", self)
        return True

    def __len__(self):
        show("__len__", self)
        return 2

    def __iter__(self):
        show("__iter__", self)
        return iter([1, 2])

    def __getattr__(self, name):
        show("__getattr__", self)
        return 1

    def __setattr__(self, name, value):
        show("__setattr__", self, value)

    def __format__(self, spec):
        show("__format__", self)
        return "x"

    def __str__(self):
        show("__str__", self)
        return "x"

    def __enter__(self):
        show("__enter__", self)

    def __exit__(self, *what):
        show("__exit__", self)

    def __index__(self):
        show("__index__", self)
        return 1

    def __divmod__(self, other):
        show("__divmod__", self, other)
        return 1

    def __round__(self):
        show("__round__", self)
        return 1


def operators(a, b, c):
    a + b
    1 + a
    a += b
    a < b
    if a < b:
        pass
    a == b
    -a
    ~a
    a[b]
    a[b] = c
    del a[b]
    b in a
    if a:
        pass
    not a
    f"{a}{a!s}{a:x}"
    with a:
        pass
    for i in a:
        break
    [*a]
    p, q = a
    {a: 1}
    table = {}
    table[a] = 1
    table[a]
    a in table
    {a, b}
    [1, 2, 3][a]
    [1, 2, 3][a:]
    Thing() + Thing()
    Thing()[Thing()]
    -Thing()
    Thing()[Thing()] = Thing()


operators(Thing(), Thing(), Thing())

a, b, c = Thing(), Thing(), Thing()
a + b
a < b
if a < b:
    pass
-a
a[b]
a[b] = c
b in a
if a:
    pass
a.attribute
a.attribute = b
{a: b}
p, q = a


def key(thing):
    show("  key", thing)
    return 1


def two(one, other):
    show("  two", one, other)
    return one


def builtins(a, b, things):
    len(a), bool(a), str(a), print(a)
    list(a), tuple(a), set(a)
    getattr(a, "attribute"), setattr(a, "attribute", b)
    divmod(a, b), round(a), hex(a), range(a)
    things.sort(key=key)
    sorted(things, key=key), list(map(key, things)), list(filter(key, things))
    sum(things, Thing()), min(things, key=key), max(a, b)
    reduce(two, things), reduce(two, things, a)
    b in things, things.index(things[1]), things.count(a)
    {1: a}.get(b), {b}.add(a)
    any([a]), list(zip(a, a))


builtins(Thing(), Thing(), [Thing(), Thing()])
builtins(a, b, [a, b])


def borrowed(one, other=None, *, third=None):
    print(getrefcount(one), getrefcount(other), getrefcount(third))


class Method:
    def method(self, argument):
        print(getrefcount(self), getrefcount(argument))


def generator(argument):
    yield getrefcount(argument)


def calls(a, b):
    borrowed(a)
    borrowed(a, b)
    borrowed(a, third=b)
    borrowed(*[a], **{"other": b})
    b.method(a)
    bound = b.method
    bound(a)
    print(next(generator(a)), getrefcount(a), getrefcount(b))


calls(Thing(), Method())
calls(a, Method())
