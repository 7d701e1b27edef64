"""functools.partial and Placeholder, reduce, cmp_to_key."""

import _functools
import sys
from _functools import Placeholder, cmp_to_key, partial, reduce

P = Placeholder


def attempt(function, /, *args, **names):
    try:
        print("gives", repr(function(*args, **names)))
    except Exception as error:
        print(type(error).__name__, error)


def shown(*args, **names):
    return args, names


print(P, type(P), type(P)() is P, P.__reduce__())
attempt(type(P), 1)
attempt(partial)
attempt(partial, 1)
attempt(partial, x=1)
attempt(partial, print, P)
attempt(partial, print, 1, x=P)
attempt(partial, print, P, 1, P)

first = partial(shown, P, 2, P, 4, sep="-")
attempt(first)
attempt(first, 1)
attempt(first, 1, 3)
attempt(first, 1, 3, 5, sep="+", end="!")
second = partial(first, 1)
third = partial(first, P, 3)
fourth = partial(first, 1, 3, 5, end="?")
for made in (second, third, fourth):
    print(made.func is shown, made.args, made.keywords)
attempt(second, 9)
attempt(third, 8)
attempt(fourth, 7, end=6)
attempt(partial, first, 1, P)
first.note = "kept"
print(partial(first, 1).func is first, first.__dict__, first.note)


class Methods:
    one = partial(shown, 1)
    two = partial(shown, P, 1)

    def __call__(self, *args):
        return "called", args


methods = Methods()
print(methods.one(2)[0][1] is methods, methods.two(3)[0][0] is methods, methods.two(3)[0][1:], type(methods.one))
print(Methods.one is Methods.__dict__["one"], partial(methods, 1)(2))
attempt(setattr, first, "func", 1)
attempt(delattr, first, "args")
print(first.__get__(None, int) is first, type(first.__get__(1)))
attempt(first.__get__, None)


class Derived(partial):
    def __repr__(self):
        return "derived" + super().__repr__().partition("(")[1]


class Quiet(partial):
    def __call__(self, *args, **names):
        print("quietly")
        return super().__call__(*args, **names)


derived = Derived(print, 1, end="!\n")
print(derived, derived(3), Derived(derived, 4).args, partial(derived, 5).func is derived)
quiet = Quiet(shown, 1)
print(quiet(2), partial(quiet, 3).func is quiet, partial(quiet, 3)(4))
print(partial(len), partial(int, base=2)("101"), partial(partial(max, 1), 2).args, partial[int])
state = partial(len)
for new in (1, (len, (1,), {}, None), (len, (1, P), {}, None), (len, [1], {}, None), (1, (1,), {}, None), (len, (), None, {"x": 1})):
    attempt(state.__setstate__, new)
    print(state, state.__dict__)
print(state.__reduce__())
state.__setstate__((state, (), {}, {}))
print(state)
items = [1]
loop = partial(print, items)
items.append(loop)
print(loop)


# Exceptions go through as if the function had been called itself.
def fails(*args):
    raise ValueError(args)


attempt(partial(fails, 1), 2)
attempt(partial(1 .__add__, "a"))

attempt(reduce)
attempt(reduce, shown)
attempt(reduce, shown, 1)
attempt(reduce, shown, [])
attempt(reduce, shown, [], None)
attempt(reduce, shown, [1])
attempt(reduce, 1, [1, 2])
attempt(reduce, shown, [1], 2, 3)
attempt(reduce, function=shown, iterable=[1])
attempt(reduce, shown, [], x=1)
print(reduce(lambda a, b: a * 10 + b, (n for n in range(5))), reduce(lambda a, b: a + b, "abc", initial="-"))


class Source:
    def __iter__(self):
        raise TypeError("no iterator today")


attempt(reduce, shown, Source())


attempt(reduce, lambda a, b: fails(a, b), [1, 2, 3])


def compare(a, b):
    print("compare", a, b)
    return (a > b) - (a < b)


K = cmp_to_key(compare)
print(sorted([3, 1, 2, 1], key=K), min([2, 1], key=K))
a, b = K(1), K(obj=2)
print(a < b, a <= b, a == b, a != b, a > b, a >= b, a.obj, type(a), type(K) is type(a))
for wrong in (lambda: a < 1, lambda: a == 1, lambda: hash(a), K, lambda: K(1, 2), lambda: K(x=1), lambda: K < a, cmp_to_key,
              lambda: cmp_to_key(1, 2), lambda: cmp_to_key(1)(2) < cmp_to_key(1)(3), type(K), lambda: cmp_to_key(fails)(1) < a,
              lambda: sorted([2, 1], key=cmp_to_key(fails)), lambda: cmp_to_key(lambda a, b: "x")(1) < a):
    attempt(wrong)
a.obj = 5
print(a.obj, a > b)
del a.obj
print(a.obj)
attempt(lambda: a < b)


class Answer:
    def __lt__(self, other):
        print("asked", other)
        return "kept as it is"


print(cmp_to_key(lambda a, b: Answer())(1) < K(2))
for kind in (type(K), type(P)):
    try:
        class Other(kind):
            pass
    except TypeError as error:
        print(error)
print(sorted(set(vars(_functools)) - {"__loader__", "__spec__"}))

# A state whose dict is none is no state.
p = partial(print)
for state in (print, (), {}, "text"), (print, (), {}, []), (print, (), {}, {"x": 1}), (print, (), {}, None):
    try:
        p.__setstate__(state)
    except TypeError as error:
        print(error)
    print(getattr(p, "x", "no x"))
