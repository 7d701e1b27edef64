# Keys with __hash__ and __eq__ written in Python.
class Key:
    def __init__(self, name, number):
        self.name = name
        self.number = number

    def __hash__(self):
        print("hash", self.name)
        return self.number

    def __eq__(self, other):
        print("eq", self.name, getattr(other, "name", other))
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return f"Key({self.name!r})"


a, b, c = Key("a", 1), Key("b", 1), Key("c", 9)
d = {a: 1}
d[b] = 2
d[c] = 3
print(d)
print(d[a], d[Key("b", 1)], Key("z", 1) in d)
d[Key("a", 1)] = "new"
print(d)
del d[b]
print(d.get(Key("c", 9)), d.pop(a), len(d))
s = {a, b, Key("a", 1)}
print(len(s), a in s, Key("q", 5) in s)
print([a, b].index(Key("b", 0)), [a].count(Key("a", 0)), (a,) == (Key("a", 0),), 1 == a)


class NoHash:
    def __eq__(self, other):
        return True


try:
    {NoHash(): 1}
except TypeError as error:
    print(error)


class BadHash:
    def __hash__(self):
        return "text"


try:
    {BadHash()}
except TypeError as error:
    print(error)
