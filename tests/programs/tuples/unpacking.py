# Unpacking: nested, starred, swapped, from any iterable.
a, b = 1, 2
a, b = b, a
print(a, b)
(c, d), e = (3, 4), 5
[f, [g, *h]] = "xyzw"[0], "pqr"
print(c, d, e, f, g, h)
first, *middle, last = range(6)
*start, end = "abc"
head, *tail = [1]
print(first, middle, last, start, end, head, tail)
for i, (x, *y) in enumerate([(1, 2, 3), "ab", [7]]):
    print(i, x, y)
x = y = z = []
y.append(1)
print(x, z is x)
i = 0
data = [10, 20, 30]
i, data[i] = 2, 99
print(i, data)
k, v = {"key": "value"}.popitem()
print(k, v)
(single,) = [42]
print(single)
for what in ("starred", "short", "long", "not iterable"):
    try:
        if what == "short":
            a, b, c = 1, 2
        elif what == "long":
            a, b = 1, 2, 3
        elif what == "not iterable":
            a, b = 5
        else:
            a, *b, c = [1]
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
a = b = c = 7
print(a, b, c, [*[1], *(2, 3)], (*"ab",), {*[1, 1]}, {**{"a": 1}, "b": 2, **{"a": 3}})
