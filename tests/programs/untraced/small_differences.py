"""Rules of builtin types that few programs meet: copies, exports, sums, sets, digits."""

import sys

for value in ("", "a", "abc", b"", b"a", b"abc", (), (1, 2), 5, 1000, 10**40, 1.5):
    (copy,) = value.__getnewargs__()
    print(repr(value), copy is value, copy == value)

frozen = frozenset((1, 2, 3))
print(frozen.intersection() is frozen, frozen.copy() is frozen, (frozen & frozen) is frozen)
print(type({1: 2}.keys() & frozenset((1, 2))), type(frozenset((1, 2)) & {1: 2}.keys()))

print(sum([1.5 + 2j, 3]), sum([0.1] * 10 + [0.1j] * 10), sum([0.1j] * 10 + [0.1] * 10), sum([1.0], complex(0, -0.0)))
print(sum([1e100, 1.0, -1e100, 1j]), sum([True, 0.5, 2j, 10**20]))


class Text(str):
    pass


class Shown:
    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text


print(type(ascii(Shown(Text("plain")))), type(ascii(Shown(Text("\xe9")))), type(repr(Shown(Text("\xe9")))))

separator = bytearray(b",")


def pieces():
    try:
        separator.clear()
    except BufferError as error:
        print(error)
    yield b"a"
    yield b"b"


print(separator.join(pieces()))


class Empties:
    def __init__(self, other):
        self.other = other

    def __eq__(self, other):
        self.other.clear()
        return NotImplemented


left, right = [], []
left.append(Empties(right))
right.append(Empties(left))
print(left == right)
left.append(Empties(left))
print(left == [1], left != [1])

table = {f"k{n}": n for n in range(20)}
for n in range(1, 20):
    del table[f"k{n}"]
walks = [reversed(table), reversed(table.keys()), reversed(table.values()), reversed(table.items())]
table.clear()
table["k0"] = 0
print([list(walk) for walk in walks])

print(sys.get_int_max_str_digits())
for limit in (640, 0, 4300, 639, -1):
    try:
        sys.set_int_max_str_digits(limit)
        print(limit, sys.get_int_max_str_digits(), sys.flags.int_max_str_digits)
    except ValueError as error:
        print(error)
    for digits in (640, 641, 4300, 4301):
        for work in (lambda: len(str(10 ** (digits - 1))), lambda: int("1" * digits) % 7, lambda: len(f"{10 ** (digits - 1)}"),
                     lambda: len("%d" % 10 ** (digits - 1))):
            try:
                print(work(), end=" ")
            except ValueError as error:
                print(error, end=" ")
    print()

for receiver in (42, {}, int, None):
    for owner in (None, dict, int, 5):
        try:
            bound = dict.__dict__["fromkeys"].__get__(receiver, owner)
            print(bound("a"))
        except TypeError as error:
            print(error)

import posix

print([posix.fstat(number).st_size >= 0 for number in (0, 1, 2)])
