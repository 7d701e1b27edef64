"""math: special values, wrong arguments, and objects of the program in the place of numbers."""

import math

inf, nan = math.inf, math.nan


def attempt(function, *args, **names):
    name = getattr(function, "__name__", "?")
    try:
        print(name, args, names, repr(function(*args, **names)))
    except Exception as error:
        print(name, type(error).__name__, error)


for name in (
    "acos acosh asin asinh atan atanh ceil cos cosh degrees erf erfc exp exp2 expm1 fabs floor frexp gamma isfinite isinf "
    "isnan lgamma log log10 log1p log2 modf radians sin sinh sqrt tan tanh trunc ulp factorial isqrt fsum prod"
).split():
    function = getattr(math, name)
    for value in (0.0, -0.0, 1, -1, -2.5, inf, -inf, nan, 1e308, 1000, 2**1030, -(2**1030), True, "x", None, 1j):
        if name != "factorial" or value != 2**1030:
            attempt(function, value)
    attempt(function)
    attempt(function, 1, 2)
    attempt(function, x=1)
for name in "atan2 copysign fmod pow remainder nextafter ldexp comb perm dist sumprod log isclose gcd lcm hypot".split():
    function = getattr(math, name)
    for one in (0.0, -1, inf, nan, 2.5, 1e308, 7, "x"):
        for other in (-0.0, 1, -inf, -3.5, 3, None):
            attempt(function, one, other)
    attempt(function)
    attempt(function, 1)
    attempt(function, 1, 2, 3, 4)
    attempt(function, x=1)

for call in (
    lambda: math.nextafter(1, 2, steps=3), lambda: math.nextafter(1, 2, steps=-1), lambda: math.nextafter(1, 2, steps="a"),
    lambda: math.nextafter(0.0, -1.0), lambda: math.nextafter(-5e-324, 1.0), lambda: math.nextafter(1, 2, steps=10**40),
    lambda: math.nextafter(1, 2, steps=0), lambda: math.nextafter(1, nan, steps=2), lambda: math.isclose(1, 2, rel_tol=-1),
    lambda: math.isclose(1, 1 + 1e-10), lambda: math.isclose(1, 1.5, abs_tol=0.5), lambda: math.isclose(1, 2, abs_tol="x"),
    lambda: math.isclose(1, 2, 3), lambda: math.prod([1, 2], start="a"), lambda: math.prod([2.5, 2, "a"]),
    lambda: math.prod(iterable=[1]), lambda: math.sumprod([1], [1, 2]), lambda: math.sumprod([1, 2.5], [2**70, 1]),
    lambda: math.sumprod([True, 2], [3, 4.5]), lambda: math.sumprod([1e308, 1e308], [10, -10]), lambda: math.dist([1], [1, 2]),
    lambda: math.dist((1, 2), [3, 4]), lambda: math.fsum([1e308, 1e308]), lambda: math.fsum([inf, -inf]),
    lambda: math.fsum([inf, 1, nan]), lambda: math.fsum([0.1] * 10), lambda: math.fsum([1, 1e100, 1, -1e100]),
    lambda: math.fma(1e308, 10, 0), lambda: math.fma(inf, 0, 1), lambda: math.fma(1, 2), lambda: math.lcm(),
    lambda: math.gcd(), lambda: math.gcd(12, 18, 8), lambda: math.lcm(4, 6, 10), lambda: math.hypot(), lambda: math.hypot(3, 4),
    lambda: math.log(8, 2), lambda: math.log(10, 1), lambda: math.log2(2**2000), lambda: math.log10(10**400),
    lambda: math.log(10**400, 10), lambda: math.perm(5), lambda: math.perm(5, None), lambda: math.comb(5, 10**30),
    lambda: math.comb(10**30, 10**30), lambda: math.comb(10**30, 10**25), lambda: math.perm(10**30, 10**25),
    lambda: math.perm(10**30, 2), lambda: math.ldexp(1, 10**30), lambda: math.ldexp(1, -(10**30)), lambda: math.ldexp(1, 1.5),
    lambda: math.factorial(30), lambda: math.factorial(-1), lambda: math.factorial(10**30), lambda: math.isqrt(10**40 + 1),
    lambda: math.trunc("a"), lambda: math.cbrt(-8), lambda: math.cbrt(0.0), lambda: math.cbrt(inf), lambda: math.cbrt("a"),
    lambda: math.gamma(171.5), lambda: math.gamma(172), lambda: math.gamma(-170.5), lambda: math.lgamma(1e306),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


class Real:
    def __init__(self, value):
        self.value = value

    def __float__(self):
        print("float of", self.value)
        if self.value is None:
            raise KeyError("no value")
        return self.value

    def __floor__(self):
        return "floored"

    def __ceil__(self):
        return "ceiled"

    def __trunc__(self):
        return "truncated"

    def __mul__(self, other):
        print("times")
        return Real(self.value * getattr(other, "value", other))

    __rmul__ = __mul__

    def __add__(self, other):
        print("plus")
        return Real(self.value + getattr(other, "value", other))

    __radd__ = __add__


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        print("index of", self.value)
        return self.value


def generated(*values):
    for value in values:
        print("give", type(value).__name__)
        yield value


for call in (
    lambda: math.sin(Real(0.0)), lambda: math.sqrt(Real(4.0)), lambda: math.sqrt(Real("x")), lambda: math.sqrt(Real(None)),
    lambda: math.floor(Real(1.5)), lambda: math.ceil(Real(1.5)), lambda: math.trunc(Real(1.5)), lambda: math.sqrt(Index(9)),
    lambda: math.pow(Real(2.0), Index(3)), lambda: math.log(Real(8.0), Real(2.0)), lambda: math.hypot(Real(3.0), Index(4)),
    lambda: math.dist(generated(1, Real(2.0)), generated(Index(1), 2)), lambda: math.fsum(generated(1, 2.5, Real(3.0))),
    lambda: math.prod(generated(2, Real(3), 4)).value, lambda: math.prod(generated(2, 3), start=Real(2)).value,
    lambda: math.sumprod(generated(1, 2.5, Real(3)), generated(2, 3, 4)).value, lambda: math.gcd(Index(12), Index(8)),
    lambda: math.factorial(Index(5)), lambda: math.comb(Index(5), Index(2)), lambda: math.isqrt(Index(17)),
    lambda: math.nextafter(Real(1.0), Real(2.0), steps=Index(1)), lambda: math.isclose(Real(1.0), Real(1.0)),
    lambda: math.sumprod(generated(1), generated(1, 2)), lambda: math.floor(Index(3)), lambda: math.ldexp(Real(1.0), 2),
    lambda: math.ldexp(1.0, Index(2)), lambda: math.fma(Real(1.0), Index(2), 3), lambda: math.copysign(Real(1.0), -0.0),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


class Fraction(float):
    def __floor__(self):
        return "own floor"


print(math.floor(Fraction(2.5)), math.ceil(Fraction(2.5)), math.floor(10**30), math.floor(-0.5), math.ceil(-0.5))
print(math.pi, math.e, math.tau, math.inf, math.nan, math.sin.__module__, math)
