"""gcd and lcm of more arguments than anybody writes down, each converted in its turn."""

import math


class Index:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        print(self.number, end=' ')
        return self.number


print(math.gcd(*range(12, 1200, 12)), math.lcm(*range(1, 80)))
print(math.gcd(*map(Index, range(6, 480, 6))))
try:
    math.lcm(*range(100), 1.5, Index(3))
except TypeError as error:
    print(error)
print(math.gcd(), math.lcm(), math.gcd(*[2 ** 70] * 100) == 2 ** 70)
