# Tuples: making, comparing, and what cannot be done to them.
empty = ()
one = (1,)
pair = 1, "two"
print(empty, one, pair, len(pair), pair[1], pair[::-1], pair + one, one * 3)
print((1, 2) < (1, 3), (1, 2) == (1.0, 2.0), () < (0,), hash((1, 2)) == hash((1, 2)), (1,) in [(1,)])
print(hash(()), hash((1,)), hash((1, 2, 3)), hash(("a",)) == hash(("a",)), hash((1, (2, 3))))
print(pair.index("two"), (1, 2, 1).count(1), tuple("abc"), tuple([1, 2]), tuple(), tuple(one) is one)
print({(0, 0): "origin", (1, 0): "east"}[(1, 0)], (*one, *pair), ((), ((),)))
print(() is (), (1, [2]), [(1,)], min((3, 1, 2)), max((1,), (0, 9)))
for what in (lambda: pair[2], lambda: one + [1], lambda: hash(([],)), lambda: one < 1, lambda: (1,).index(5)):
    try:
        what()
    except (IndexError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    pair[0] = 5
except TypeError as error:
    print(error)
try:
    del pair[0]
except TypeError as error:
    print(error)
