"""_random: CPython's numbers for its seeds; errno and _stat."""

import _random
import _stat
import errno
from _random import Random


def attempt(function, *args, **names):
    try:
        print(function.__name__, repr(function(*args, **names)))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


for seed in (0, 1, -1, 42, 2**31, 2**32, 2**64 + 7, -(2**100), 10**300, 1.5, -0.0, True, (1, 2), "text".__class__):
    if isinstance(seed, type):
        continue
    numbers = Random(seed)
    print(seed, numbers.random(), numbers.getrandbits(1), numbers.getrandbits(31), numbers.getrandbits(100), numbers.random())

numbers = Random(7)
print(sum(numbers.random() for _ in range(2000)), numbers.getrandbits(0), numbers.getrandbits(64))
state = numbers.getstate()
first = [numbers.random() for _ in range(3)]
numbers.setstate(state)
print(first == [numbers.random() for _ in range(3)], len(state), state[-1], state[:3])
for bad in (1, (), state[:-1] + (700,), state[:-1] + (-1,), state[:-1] + ("a",), (2**70,) * 625, (2**40,) * 624 + (1,), (-1,) * 625):
    attempt(numbers.setstate, bad)
for bits in (-1, "a", 1.5, 5, 32, 33, True):
    attempt(Random(3).getrandbits, bits)
attempt(numbers.seed, 1, 2)
attempt(numbers.seed, [])
attempt(numbers.random, 1)
attempt(Random, 1, 2)
attempt(numbers.seed, a=1)
print(numbers.seed(), numbers.seed(5), numbers.random())


class Dice(Random):
    def __init__(self, sides):
        self.sides = sides
        self.seed(sides)

    def roll(self):
        return int(self.random() * self.sides) + 1


dice = Dice(6)
print([dice.roll() for _ in range(10)], Dice.__mro__[1], dice.__dict__)


class Hashed:
    def __hash__(self):
        print("hash")
        return -12345


print(Random(Hashed()).random())
print([(name, getattr(errno, name)) for name in ("EPERM", "ENOENT", "EAGAIN", "EWOULDBLOCK", "EEXIST", "ENOTSUP", "EDEADLK")])
print(len(errno.errorcode), [errno.errorcode[number] for number in (1, 2, 11, 35, 95)], max(errno.errorcode))
for mode in (0o100644, 0o40755, 0o120777, 0o104755, 0o102755, 0o41777, 0o60600, 0o20600, 0o10600, 0o140600, 0o107000, 0):
    kinds = [name for name in dir(_stat) if name.startswith("S_IS") and callable(getattr(_stat, name)) and getattr(_stat, name)(mode)]
    print(_stat.filemode(mode), kinds, oct(_stat.S_IMODE(mode)), oct(_stat.S_IFMT(mode)))
for bad in (-1, 2**40, 2**70, "a", 1.5):
    attempt(_stat.S_ISDIR, bad)
attempt(_stat.filemode)
print(_stat.S_IRWXU, _stat.ST_MTIME, _stat.S_IFREG, _random)
