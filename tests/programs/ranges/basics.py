# range: lengths, membership, equality, slices.
for r in [range(5), range(2, 8), range(10, 0, -3), range(0), range(5, 1), range(0, 10, 4), range(-3, 3, 2)]:
    print(r, list(r), len(r), r[::-1], list(r[::-1]))
print(range(3) == range(0, 3, 1), range(0, 3, 2) == range(0, 4, 2), range(0) == range(1, 1), hash(range(0)) == hash(range(2, 2)))
print(4 in range(0, 10, 2), 5 in range(0, 10, 2), 3.0 in range(5), "a" in range(3), -1 in range(3))
r = range(10, 100, 7)
print(r[0], r[-1], r[2:5], r.index(24), r.count(24), r.start, r.stop, r.step, min(r), max(r), sum(r))
print(list(reversed(range(4))), 10**20 in range(10**21), len(range(0, 10**12, 3)), range(2**65)[2**64])
for what in (lambda: range(0, 1, 0), lambda: range(3)[5], lambda: range(1.5), lambda: range(3).index(9), lambda: range(), lambda: len(range(2**65))):
    try:
        print(what())
    except (ValueError, IndexError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)
total = 0
for i in range(1, 4):
    for j in range(i):
        total += i * j
print(total, i, j, [*range(3)], bool(range(0)))
