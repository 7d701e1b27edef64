# __getattr__, __getattribute__, __setattr__, __delattr__, __slots__.
class Lazy:
    def __getattr__(self, name):
        if name.startswith("no"):
            raise AttributeError(f"nothing called {name}")
        print("looking for", name)
        value = name.upper()
        setattr(self, name, value)
        return value


lazy = Lazy()
print(lazy.hello, lazy.hello, hasattr(lazy, "nope"), getattr(lazy, "none", 0))
try:
    lazy.nothing
except AttributeError as error:
    print(error)


class Watched:
    def __setattr__(self, name, value):
        print("set", name, value)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)

    def __getattribute__(self, name):
        if name != "__dict__":
            print("get", name)
        return super().__getattribute__(name)


w = Watched()
w.x = 1
w.x += 5
print(w.x, w.__dict__)
del w.x
print(w.__dict__)


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self, a):
        self.a = a


s = Slotted(1)
print(s.a, hasattr(s, "b"), hasattr(s, "__dict__"), Slotted.__slots__)
for what in (lambda: s.b, lambda: setattr(s, "c", 3), lambda: setattr(5, "x", 1), lambda: setattr(int, "x", 1), lambda: (5).nothing, lambda: None.x, lambda: "a".foo):
    try:
        print(what())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
del s.a
print(hasattr(s, "a"))
