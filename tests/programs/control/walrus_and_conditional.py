# Assignment inside expressions, conditional expressions, chained assignment.
if (n := len("hello")) > 3:
    print("long", n)
data = [1, 5, 2, 8]
print([y for x in data if (y := x * 2) > 4], y)
print(any((found := x) > 4 for x in data), found)
total = 0
print([total := total + x for x in data], total)
while (item := data.pop()) != 5:
    print("popped", item)
print(item, data)
x = 3
print("odd" if x % 2 else "even", "a" if x > 5 else "b" if x > 2 else "c")
print((lambda v: "big" if v > 10 else "small")(20))
a = b = c = [0]
a[0] = (b := 5)
print(a, b, c)
print(max((k := 3), 2), k, f"{(k := k + 1)} {k}")
x += (x := 10)
print(x)
z = 1 if x else (2, 3)
print(z, (1, 2) if not x else None)
