"""The operators as functions: on builtin values, on classes of the program, and on what they do not take."""

import _operator as operator


class Number:
    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Number(self.value + getattr(other, "value", other))

    __radd__ = __add__

    def __iadd__(self, other):
        self.value += getattr(other, "value", other)
        return self

    def __neg__(self):
        return Number(-self.value)

    def __abs__(self):
        return abs(self.value)

    def __invert__(self):
        return "inverted"

    def __index__(self):
        return self.value

    def __lt__(self, other):
        return self.value < other.value

    def __eq__(self, other):
        return self.value == getattr(other, "value", other)

    def __bool__(self):
        return self.value != 0

    def __matmul__(self, other):
        return NotImplemented

    def __repr__(self):
        return f"Number({self.value})"


class Box:
    def __init__(self, items):
        self.items = items

    def __getitem__(self, key):
        return self.items[key]

    def __setitem__(self, key, value):
        self.items[key] = value
        return "dropped"

    def __delitem__(self, key):
        del self.items[key]

    def __contains__(self, item):
        return item in self.items

    def __add__(self, other):
        return Box(self.items + other.items)

    def __len__(self):
        return len(self.items)


def attempt(function, *args):
    try:
        print(function.__name__, function(*args))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


a, b = Number(3), Number(4)
for name in ("add", "iadd", "neg", "abs", "invert", "inv", "index", "lt", "gt", "eq", "ne", "le", "truth", "not_"):
    function = getattr(operator, name)
    if name in ("neg", "abs", "invert", "inv", "index", "truth", "not_"):
        attempt(function, a)
    else:
        attempt(function, a, b)
print(operator.add(1, a), a)
attempt(operator.matmul, a, b)
attempt(operator.sub, a, b)
attempt(operator.not_, Number(0))

box = Box([1, 2, 3])
print(operator.setitem(box, 0, 9), operator.getitem(box, 0), operator.contains(box, 2), operator.contains(box, 7))
print(operator.delitem(box, 1), box.items, operator.concat(box, Box([5])).items, operator.length_hint(box))
attempt(operator.concat, a, b)
attempt(operator.concat, box, b)
attempt(operator.getitem, box, 9)

for name, args in (
    ("add", (1, 2)), ("sub", (5, 2.5)), ("mul", ("ab", 3)), ("floordiv", (7, 2)), ("truediv", (7, 2)), ("mod", (7, 3)),
    ("lshift", (1, 5)), ("rshift", (64, 3)), ("and_", (12, 10)), ("or_", (12, 10)), ("xor", (12, 10)), ("pow", (2, 10)),
    ("ipow", (2, -1)), ("isub", (5, 3)), ("imul", ([1], 2)), ("ifloordiv", (7, 2)), ("itruediv", (1, 4)), ("imod", (7, 4)),
    ("ilshift", (1, 3)), ("irshift", (8, 1)), ("iand", (6, 3)), ("ior", (6, 3)), ("ixor", (6, 3)), ("iadd", ([1], (2,))),
    ("concat", ([1], [2])), ("concat", ("a", "b")), ("concat", ((1,), (2,))), ("iconcat", ([1], [2])), ("concat", ([1], 2)),
    ("concat", (1, 2)), ("iconcat", (1, [2])), ("is_", (None, None)), ("is_not", (None, 1)), ("is_none", (None,)),
    ("is_not_none", (None,)), ("pos", (-3,)), ("neg", ("a",)), ("pos", ("a",)), ("invert", (1.5,)), ("abs", ("a",)),
    ("index", (True,)), ("index", (1.5,)), ("truth", ([],)), ("not_", ([],)), ("lt", (1, "a")), ("ge", (2, 1)),
    ("add", (1, "a")), ("iadd", (1, "a")), ("pow", ("a", 2)), ("ipow", ("a", 2)), ("matmul", (1, 2)), ("imatmul", (1, 2)),
    ("countOf", ([1, 2, 1, True], 1)), ("indexOf", ([3, 4], 4)), ("indexOf", ([3], 4)), ("countOf", (1, 1)),
    ("indexOf", (1, 1)), ("contains", ([1, 2], 2)), ("contains", (1, 2)), ("getitem", ({"a": 1}, "a")),
    ("getitem", ({}, "a")), ("setitem", ((1,), 0, 1)), ("delitem", ([1], 5)), ("delitem", (1, 5)),
    ("length_hint", ([1, 2],)), ("length_hint", (3,)), ("length_hint", (3, 7)), ("length_hint", (3, "a")),
    ("_compare_digest", ("ab", "ab")), ("_compare_digest", (b"ab", b"ac")), ("_compare_digest", ("é", "e")),
    ("_compare_digest", ("a", b"a")), ("add", ()), ("add", (1,)), ("add", (1, 2, 3)), ("truth", ()), ("truth", (1, 2)),
    ("length_hint", ()), ("length_hint", (1, 2, 3)), ("call", ()), ("call", (len, [1, 2])), ("call", (1,)),
    ("setitem", (1, 2, 3)), ("index", ())):
    attempt(getattr(operator, name), *args)
try:
    operator.add(a=1, b=2)
except TypeError as error:
    print(error)
print(operator.call(sorted, [3, 1, 2], key=lambda value: -value))


class Hints:
    def __init__(self, hint):
        self.hint = hint

    def __length_hint__(self):
        if isinstance(self.hint, Exception):
            raise self.hint
        return self.hint


class Lengthless(Hints):
    def __len__(self):
        raise TypeError("no length")


for hint in (5, -1, "a", NotImplemented, TypeError("none"), ValueError("bad"), True):
    for kind in (Hints, Lengthless):
        attempt(operator.length_hint, kind(hint), 11)


def generator():
    yield 1
    yield Number(1)
    yield 2


print(operator.countOf(generator(), 1), operator.indexOf(generator(), 2))
