# How objects and classes are made: __new__, __init__, metaclasses, __init_subclass__.
class Single:
    instance = None

    def __new__(cls, *args):
        print("new", args)
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance

    def __init__(self, *args):
        print("init", args)


print(Single(1) is Single(2))


class NotMine:
    def __new__(cls):
        return "a str instead"

    def __init__(self):
        print("never called")


print(NotMine())


class Meta(type):
    def __new__(mcls, name, bases, namespace, **options):
        print("making", name, [b.__name__ for b in bases], sorted(k for k in namespace if not k.startswith("__")), options)
        return super().__new__(mcls, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **options):
        super().__init__(name, bases, namespace)
        cls.tag = name.lower()

    def __call__(cls, *args):
        print("calling", cls.__name__)
        return super().__call__(*args)

    def __repr__(cls):
        return f"<{cls.__name__}>"


class Made(metaclass=Meta, option=1):
    x = 1


class Sub(Made):
    y = 2


print(Made, Sub.tag, type(Sub) is Meta, isinstance(Sub(), Made))


class Plugin:
    registry = []

    def __init_subclass__(cls, label="none", **rest):
        super().__init_subclass__(**rest)
        cls.registry.append((cls.__name__, label))


class First(Plugin, label="one"):
    pass


class Second(Plugin):
    pass


print(Plugin.registry)
Dynamic = type("Dynamic", (Plugin,), {"value": 5, "get": lambda self: self.value})
print(Dynamic().get(), Dynamic.__name__, type(Dynamic), Plugin.registry[-1])
for what in (lambda: object(1), lambda: type("X", (5,), {}), lambda: int.__new__(str), lambda: type()):
    try:
        print(what())
    except TypeError as error:
        print(error)
