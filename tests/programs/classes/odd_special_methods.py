# Special methods that are descriptors of another kind, or another type's.
class Called:
    __new__ = classmethod(lambda *args: args)


print(Called(1, 2) == (Called, Called, 1, 2))


class Giver:
    def __get__(self, instance, owner):
        print("__get__ for", instance, owner.__name__)
        return lambda *args, **names: (len(args), names)


class Given:
    __new__ = Giver()


print(Given(1, name=2))


class Setting:
    def __init__(self, name):
        self.name = name

    def __set__(self, instance, value):
        instance.__dict__[self.name] = value


class Holder:
    a = Setting("a")
    b = Setting("b")


holder = Holder()
print(type(holder.a).__name__)
holder.a = 42
print(holder.a, type(holder.b).__name__, type(Holder.a).__name__)


class Meta(type):
    kept = Setting("kept")


class OfMeta(metaclass=Meta):
    kept = "the class's own"


print(OfMeta.kept)


class Named(int):
    def __repr__(self):
        return "named"


class Plainly(Named):
    __str__ = int.__repr__


class Object(Named):
    __str__ = object.__str__


class Late(Named):
    pass


Late.__str__ = int.__repr__
print(str(Named(1)), str(Plainly(2)), f"{Plainly(3)}", "%s" % Plainly(4), str(Object(5)), str(Late(6)))


class Items(list):
    __repr__ = object.__repr__


class Word(str):
    __str__ = str.__repr__

    def __repr__(self):
        return "word"


print("%.24s" % Items([1]), str(Word("a")), Word("a"), [Word("a")])


class Slots:
    __slots__ = ("empty",)


class Outer:
    class Inner:
        __slots__ = ("empty",)


for cls in (Slots, Outer.Inner):
    try:
        cls().empty
    except AttributeError as error:
        print(error)


class OwnClassMethod(classmethod):
    pass


class OwnStaticMethod(staticmethod):
    pass


print(OwnClassMethod(None), OwnStaticMethod(len), OwnClassMethod.__new__(OwnClassMethod))


class Callable:
    def __call__(self):
        pass


METHOD = type(Callable().__call__)
function = Callable()
for name, value in (("", ""), ("__name__", "name"), ("__qualname__", "qualified"), ("__qualname__", 5)):
    if name:
        setattr(function, name, value)
    print(repr(METHOD(function, 3)))
