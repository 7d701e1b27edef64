"""A metaclass whose mro() does not begin with the class."""


class Backwards(type):
    def mro(cls):
        return type.mro(cls)[::-1]


class A(metaclass=Backwards):
    def name(self):
        return "A"

    def __repr__(self):
        return "an A"


class B(A):
    own = 1

    def name(self):
        return "B"

    def __init_subclass__(cls, **keywords):
        print("init_subclass of B", cls.__name__, keywords)


class C(B):
    pass


for cls in [A, B, C]:
    print(cls.__name__, [base.__name__ for base in cls.__mro__], cls().name(), B.own)
print(isinstance(C(), A), issubclass(B, A), B.__bases__)
print(super(A, B()).__init__.__objclass__ is object, hasattr(super(A, C()), "name"))


class Doubled(type):
    def mro(cls):
        return (cls, cls, object)


class Twice(metaclass=Doubled):
    pass


print(Twice.__mro__, type(Twice()))
for order in [(), (1,), (object,), (int,), 3]:
    class Given(type):
        def mro(cls):
            return order

    try:
        class Odd(metaclass=Given):
            pass
        print(Odd.__mro__)
    except TypeError as error:
        print(error)
