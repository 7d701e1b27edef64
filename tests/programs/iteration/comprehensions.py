# Comprehensions of every kind, nested and filtered.
print([x * x for x in range(5)], {x % 3 for x in range(10)}, {x: x * x for x in range(3)}, tuple(x for x in "ab"))
print([x for x in range(20) if x % 2 if x % 3 == 0], [(x, y) for x in range(3) for y in range(x)], [a + b for a in "ab" for b in "cd" if a + b != "bc"])
print([[row[i] for row in [[1, 2], [3, 4]]] for i in range(2)], [x for row in [[1], [], [2, 3]] for x in row])
print({k: [v for v in range(k)] for k in range(3)}, {len(w): w for w in ["a", "bb", "cc"]}, [f(2) for f in [lambda x: x + 1, str]])
x = "kept"
result = [x for x in "abc"]
print(x, result, [x if x > "a" else x.upper() for x in result], [not c for c in (0, 1)])


def inside(n):
    y = 10
    values = [x + y + n for x in range(3)]
    nested = [[x * n for x in range(y - 8)] for n in range(2)]
    return values, nested, n


print(inside(1))


class C:
    n = 3
    squares = [i * i for i in range(n)]


print(C.squares, [a for a, *_ in [(1, 2, 3), "xy"]], [i for i, in [(1,), (2,)]], {**{i: i for i in range(2)}})
try:
    [1 / x for x in (1, 0)]
except ZeroDivisionError as error:
    print(error, x)
print([(lambda y: y * 2)(y) for y in range(3)], sum(x for x in range(4) if x), sorted({c.lower() for c in "AbaB"}))
gen = (x * y for x in range(3) for y in [1, 10] if x)
print(next(gen), list(gen), [*(i for i in "xy")], any(i == "q" for i in "pq"))
