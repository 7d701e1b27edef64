# Augmented assignment on every kind of target and type.
x = 5
x += 2
x -= 1
x *= 3
x //= 2
x **= 2
x %= 50
x <<= 2
x |= 1
x ^= 3
x &= 0xFE
x >>= 1
x /= 2
print(x)
s = "a"
s += "b"
s *= 3
t = (1,)
t += (2,)
t *= 2
print(s, t)
items = [1, 2, 3]
items[0] += 10
items[-1] *= 5
items += [4]
items[1:2] += [9, 9]
print(items)
d = {"n": 1}
d["n"] += 1
d["new"] = d.get("new", 0) + 5
print(d)


class Obj:
    n = 1


o = Obj()
o.n += 5
print(o.n, Obj.n, o.__dict__)
o.items = []
o.items += [1]
o.items[0] += 1
print(o.items)


def index():
    print("index evaluated once")
    return 0


items[index()] += 1
print(items)


def f():
    total = 0
    for i in range(5):
        total += i
    return total


print(f())


class M:
    def __matmul__(self, other):
        return f"@{other}"

    def __imatmul__(self, other):
        return f"i@{other}"


m = M()
print(m @ 1)
m @= 2
print(m)
a = b = {1}
a |= {2}
print(b, a is b)
a = a | {3}
print(b, a is b)
z: int = 5
z += 1.5
print(z)
