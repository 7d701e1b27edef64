"""Targets of every kind."""
a = b = c = 1
a, b = b, a
(a, b), [c, *d] = (1, 2), [3, 4, 5]
*head, tail = range(5)
[x, y] = 1, 2
() = []
box = {}
box["one"] = box["two"] = a
box["one"], box["two"] = 3, 4
row = list(range(10))
row[1:3] = [7]
row[::2] = row[1::2]
row[a:] = row[:b]
row[:] = ()
row[-1:None] = [1]


class Point:
    left: int
    right = 0

    def move(self, by, *, twice=False):
        self.left += by
        self.right, self.left = by, self.right
        self.deep.down[by] @= 2
        if twice:
            self.left **= 2
            self.left //= 3
            del self.right, self.left
        return (self
                .left
                .real)


p = Point()
p.left = p.right = 5
p.left <<= 1; p.right >>= 1
row[0] |= 4
row[a:b] += [1, 2]
row[a:b:2] += [1]
row[1:2] *= 2
a %= 3; b ^= 1; c &= 2; c /= 1; c -= 1
if (n := len(row)) > 3 and (m := n) or (k := 0):
    print(n, m, k)
del a, (b, [c]), row[0], row[1:2], p.left
first, second = second, first = 1, 2
one, two, three = three, two, one = 1, 2, 3
u: int
v: str = "v"
(w): int = 3
p.left: int = 4
row[u]: "no" = 5
row[1:2, v]: int
print(0 if u else 1 if v else 2, not u, +u, -u, ~u, u @ v, not (u and v or w))
print(u < v < w != 3 is not None, u in row not in [row], 1 < 2 > u)
lots = [1, u, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
        29, 30, 31, 32]
more = {1: u, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8, 9: 9, 10: 10, 11: 11, 12: 12, 13: 13, 14: 14, 15: 15,
        16: 16, 17: 17, 18: 18, **box, 19: 19, **{}, 20: 20}
sets = {1, *row, 2}, {*row}, (*row,), [*row, *row], {**box}, {}, {1}, ()


(x).y, z = 1, 2
((f())).y: int = 1
(f()).y[0]: int
((x).y): int = 3
