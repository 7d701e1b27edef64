# `dir()` in code whose names are no dict asks them for their keys; what `__dir__` gives is sorted, whatever it is.
class Names:
    def __getitem__(self, name):
        if name == "answer":
            return 42
        raise KeyError(name)

    def keys(self):
        print("keys")
        return iter("zxy")


class Dict(dict):
    def keys(self):
        return ["b", "a"]


print(eval("answer, dir()", globals(), Names()))
print(eval("dir()", globals(), Dict(q=1)))
print(eval("dir()", globals(), dict(q=1)))
exec("print(dir())", globals(), Names())


class Lists:
    def __init__(self, names):
        self.names = names

    def __dir__(self):
        return self.names


class Word(str):
    def __lt__(self, other):
        print("compared")
        return super().__lt__(other)


for names in (3, [3, 1, 2], ("b", "a"), iter("ba"), {"x": 1}, [1, "a"], None, [Word("b"), Word("a")]):
    try:
        print(dir(Lists(names)))
    except TypeError as error:
        print(error)
