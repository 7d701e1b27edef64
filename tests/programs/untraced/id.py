# id() is the same for one object, and different for two that live at the same time.
a = b = [1]
c = [1]
print(id(a) == id(b), id(a) == id(c), a is b, a is c)
print(id(5) == id(2 + 3), id(None) == id(None), id("x") == id("x"), id(int) == id(type(5)))
print(type(id(a)).__name__, id(a) > 0, id(a) == id(a))
x = 1000
y = x
z = int("1000")
print(id(x) == id(y), id(x) == id(z), hash(x) == hash(z))


class Thing:
    pass


one, two = Thing(), Thing()
print(id(one) != id(two), {id(one): "one", id(two): "two"}[id(two)], one != two, one == one)
print(len({id(Thing) for _ in range(3)}), [id(t) for t in (one, two)] == [id(one), id(two)])
