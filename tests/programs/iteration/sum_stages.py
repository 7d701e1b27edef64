# `sum` adds ints, floats and complex numbers in ways of their own, one after the other, and comes back to none.
class F(float):
    pass


class I(int):
    pass


class C(complex):
    pass


class Loud(float):
    def __add__(self, other):
        print("add", other)
        return Loud(float(self) + float(other))

    __radd__ = __add__


def attempt(*args):
    try:
        print(sum(*args))
    except OverflowError as error:
        print(error)


attempt([complex(10**8 * ((i * 7919) % 13 - 6) / 7, (i * 104729) % 17 / 3) for i in range(200)])
attempt([complex(0.1, 0.2)] * 10)
attempt([0.1] * 10)
attempt([0.1] * 10 + [1j])
attempt([0.1] * 10, 0j)
attempt([1e16, 1, 1, 1j, 1e-3])
attempt([1j, 1e16, 1.0, 1.0, -1e16])
attempt([1.0, 1e100, 1, -1e100, 1j, -1e100, 1.0, 1e100])
attempt([2**63, 1, 0.1, 0.2, 0.3, 0.4, 0.5])
attempt([2**62, 2**62, 0.1, 0.2, 0.3, 0.4, 0.5])
attempt([True, 2, I(3), 0.1, 0.2, 0.3])
attempt([0.1, I(3), True, 10**17, 0.1, -(10**17)])
attempt([0.1, F(0.2), 0.3, 1e100, 1.0, -1e100])
attempt([1j, C(2), F(2.5), I(3), True, 10**17, 1, -(10**17)])
attempt([1.0, 10**400])
attempt([1j, 10**400])
attempt([complex("inf"), complex(1, float("-inf")), 1])
attempt([1e308, 1e308, -1e308])
attempt([-0.0], -0.0)
attempt([complex(-0.0, -0.0)], complex(-0.0, -0.0))
attempt([], 1j)
attempt([0.1, Loud(0.2), 0.3])
attempt([1, Loud(0.5), 2.5])
