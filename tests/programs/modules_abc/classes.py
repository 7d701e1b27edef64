"""Abstract base classes as `abc.ABCMeta` makes them, from `_abc`."""

from _abc import (_abc_init, _abc_instancecheck, _abc_register, _abc_subclasscheck, _reset_caches, _reset_registry,
                  get_cache_token as token)


def abstractmethod(function):
    function.__isabstractmethod__ = True
    return function


class Meta(type):
    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        _abc_init(cls)
        return cls

    def register(cls, subclass):
        return _abc_register(cls, subclass)

    def __instancecheck__(cls, instance):
        return _abc_instancecheck(cls, instance)

    def __subclasscheck__(cls, subclass):
        return _abc_subclasscheck(cls, subclass)


class Shape(metaclass=Meta):
    @abstractmethod
    def area(self):
        "To be computed."

    @property
    @abstractmethod
    def name(self):
        pass

    def plain(self):
        pass


class Half(Shape):
    name = "half"


class Square(Half):
    def area(self):
        return 4


def attempt(function, *args):
    try:
        print(function.__name__, function(*args))
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


for kind in (Shape, Half, Square):
    print(kind.__name__, sorted(kind.__abstractmethods__), type(kind.__dict__["_abc_impl"]).__name__)
    attempt(lambda: type(kind()).__name__)

print(isinstance(Square(), Shape), issubclass(int, Shape), isinstance(3, Shape), issubclass(Square, Half))


class Virtual:
    pass


print(Shape.register(Virtual) is Virtual, isinstance(Virtual(), Shape), issubclass(Virtual, Half))
print(Half.register(int), isinstance(True, Shape), issubclass(bool, Half), isinstance(1.5, Shape))
attempt(Square.register, Shape)
attempt(Shape.register, 5)
attempt(issubclass, 5, Shape)
attempt(_abc_subclasscheck, int, int)
attempt(_abc_init)


class Sized(metaclass=Meta):
    @classmethod
    def __subclasshook__(cls, other):
        print("hook", cls.__name__, other.__name__)
        if cls is Sized:
            return any("__len__" in base.__dict__ for base in other.__mro__) or NotImplemented
        return NotImplemented


class Odd(Sized):
    @classmethod
    def __subclasshook__(cls, other):
        return "perhaps"


for value in ([], "a", 3, [], 3, Virtual()):
    print(isinstance(value, Sized))
attempt(isinstance, 3, Odd)
Sized.register(Virtual)
print(isinstance(Virtual(), Sized), isinstance(3, Sized), _reset_caches(Sized), isinstance([], Sized))
print(_reset_registry(Sized), _reset_caches(Sized), isinstance(Virtual(), Sized))


class Claims:
    @property
    def __class__(self):
        return Square


print(isinstance(Claims(), Shape), isinstance(Claims(), Sized))


class Sequence(metaclass=Meta):
    __abc_tpflags__ = 1 << 5


class Mapping(metaclass=Meta):
    __abc_tpflags__ = 1 << 6


class Pair(Sequence):
    def __len__(self):
        return 2

    def __getitem__(self, index):
        return index * 10


class Table(Mapping):
    def get(self, key, default=None):
        return {"a": 1}.get(key, default)


class Registered(Pair.__mro__[-1]):
    def __len__(self):
        return 1

    def __getitem__(self, index):
        return "only"


Sequence.register(Registered)


def kind_of(value):
    match value:
        case [first, second]:
            return first, second
        case [only]:
            return only
        case {"a": found}:
            return found
        case _:
            return "neither"


print(kind_of(Pair()), kind_of(Table()), kind_of(Registered()), kind_of(Virtual()), "__abc_tpflags__" in vars(Sequence))


class Raises(metaclass=Meta):
    class Value:
        @property
        def __isabstractmethod__(self):
            raise ValueError("no mark")


try:
    class Bad(metaclass=Meta):
        value = Raises.Value()
except ValueError as error:
    print(error)
