"""What keeps a class from having instances is that `__abstractmethods__` was set, not that it is there."""


def show(thunk):
    try:
        print(repr(thunk()))
    except Exception as error:
        print(type(error).__name__ + ":", error)


class Body:
    __abstractmethods__ = frozenset(["a"])


show(lambda: type(Body()))
show(lambda: Body.__abstractmethods__)
show(lambda: Body.__flags__ >> 20 & 1)
Body.__abstractmethods__ = ["b", "a"]
show(lambda: Body())
show(lambda: Body.__flags__ >> 20 & 1)
Body.__abstractmethods__ = []
show(lambda: type(Body()))


class Derived(Body):
    pass


Body.__abstractmethods__ = {"c"}
show(lambda: type(Derived()))
show(lambda: Body())


class Later(Body):
    pass


show(lambda: type(Later()))
show(lambda: Later.__abstractmethods__)
del Body.__abstractmethods__
show(lambda: type(Body()))
for kind in Body, Later, type:
    show(lambda: delattr(kind, "__abstractmethods__"))


class Number:
    __abstractmethods__ = 1


show(lambda: type(Number()))
Number.__abstractmethods__ = 1
show(lambda: Number())


def function(a: int) -> str: ...


show(lambda: delattr(function, "__dict__"))
show(lambda: setattr(function, "__dict__", 1))
print(function.__annotate__.__qualname__, function.__annotate__.__code__.co_qualname)


class Holder:
    def method(self, a: int): ...

    before = method.__annotate__


print(Holder.method.__annotate__.__qualname__, Holder.before.__name__)
function.__qualname__ = "another"
print(function.__annotate__.__qualname__)
