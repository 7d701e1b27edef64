# How deep calls of classes may nest: once CPython's specializer has seen one, it counts a frame more, and looks at the
# limit only where the memory for frames has run out.
import sys


def depths(call):
    found = []
    for limit in 1000, 1000, 60, 150, 151, 400, 700, 1000:
        sys.setrecursionlimit(limit)
        try:
            call()
        except RecursionError as error:
            found.append(depth)
    sys.setrecursionlimit(1000)
    return found


class Plain:
    def __init__(self, n):
        global depth
        depth = n
        Plain(n + 1)


print("plain", depths(lambda: Plain(0)))


class Larger:
    def __init__(self, n):
        global depth
        a = b = c = d = e = f = g = h = i = j = k = l = m = o = p = q = r = s = t = u = 0
        depth = n
        Larger((a, b, c, d, e, f, g, h, i, j, k, l, m, o, p, q, r, s, t, u) and n + 1)


print("larger", depths(lambda: Larger(0)))


class WithDefault:
    def __init__(self, n=0):
        global depth
        depth = n
        WithDefault(n + 1)


print("with a default", depths(lambda: WithDefault()))


class ByName:
    def __init__(self, n):
        global depth
        depth = n
        ByName(n=n + 1)


print("argument by name", depths(lambda: ByName(0)))


class ManyArguments:
    def __init__(self, *n):
        global depth
        depth = n[0]
        ManyArguments(n[0] + 1)


print("*args", depths(lambda: ManyArguments(0)))


class OnlyByName:
    def __init__(self, n, *, m=1):
        global depth
        depth = n
        OnlyByName(n + 1)


print("keyword-only", depths(lambda: OnlyByName(0)))


class Slotted:
    __slots__ = ()

    def __init__(self, n):
        global depth
        depth = n
        Slotted(n + 1)


print("slots", depths(lambda: Slotted(0)))


class Derived(Plain):
    def __init__(self, n):
        global depth
        depth = n
        Derived(n + 1)


print("derived", depths(lambda: Derived(0)))


class OwnDict(dict):
    def __init__(self, n):
        global depth
        depth = n
        OwnDict(n + 1)


print("dict", depths(lambda: OwnDict(0)))


class Made:
    def __new__(cls, n):
        return super().__new__(cls)

    def __init__(self, n):
        global depth
        depth = n
        Made(n + 1)


print("__new__", depths(lambda: Made(0)))


class Meta(type):
    pass


class OfMeta(metaclass=Meta):
    def __init__(self, n):
        global depth
        depth = n
        OfMeta(n + 1)


print("metaclass", depths(lambda: OfMeta(0)))


class Through:
    def __init__(self, n):
        global depth
        depth = n
        through(n + 1)


def through(n):
    Through(n)


print("through a function", depths(lambda: Through(0)))


class ByClassMethod:
    @classmethod
    def make(cls, n):
        global depth
        depth = n
        return cls(n)

    def __init__(self, n):
        ByClassMethod.make(n + 1)


print("classmethod", depths(lambda: ByClassMethod(0)))


class One:
    def __init__(self, n):
        global depth
        depth = n
        (One, Two)[n % 2](n + 1)


class Two:
    def __init__(self, n):
        global depth
        depth = n
        (One, Two)[n % 3 > 0](n + 1)


print("one of two", depths(lambda: One(0)))


class Counted:
    count = 0

    def __init__(self, n):
        global depth
        depth = n
        Counted.count += 1
        Counted(n + 1)


print("counted", depths(lambda: Counted(0)), depths(lambda: Counted(0)))


class InBody:
    def __init__(self, n):
        global depth
        depth = n

        class Inner:
            InBody(n + 1)


print("in a class body", depths(lambda: InBody(0)))


class InGenerator:
    def __init__(self, n):
        global depth
        depth = n
        list(InGenerator(n + 1) for _ in "1")


print("in a generator", depths(lambda: InGenerator(0)))


class InComprehension:
    def __init__(self, n):
        global depth
        depth = n
        [InComprehension(n + 1) for _ in "1"]


print("in a comprehension", depths(lambda: InComprehension(0)))


class InSort:
    def __init__(self, n):
        global depth
        depth = n
        sorted([n], key=InSort)


print("by a builtin", depths(lambda: InSort(0)))

# Nothing of it stays behind.
print(depths(lambda: Plain(0)))
