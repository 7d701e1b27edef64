# The mro() of a metaclass is asked when a class is made, and again, for it and those derived, when bases are assigned.
class Meta(type):
    failing = ()

    def mro(cls):
        print('mro', cls.__name__, shown(cls.__mro__), shown(cls.__bases__))
        if cls.__name__ in Meta.failing:
            raise ValueError(cls.__name__)
        if cls.__name__ == 'Odd' and B in cls.__bases__:
            return 3
        return super().mro()


def shown(classes):
    return classes if classes is None else [cls.__name__ for cls in classes]


class A(metaclass=Meta):
    def who(self):
        return 'A'


class B(metaclass=Meta):
    def who(self):
        return 'B'


class C(A):
    pass


class D(C):
    pass


class E(C):
    pass


class F(D):
    pass


class Plain:
    pass


class Derived(Plain):
    pass


def state():
    print(C().who(), F().who(), shown(C.__mro__), shown(F.__mro__), shown(C.__bases__), C.__base__.__name__)
    print(shown(A.__subclasses__()), shown(B.__subclasses__()))


state()
C.__bases__ = (B,)
state()
C.__bases__ = (A, B)
state()
Meta.failing = ('E',)
try:
    C.__bases__ = (B,)
except ValueError as error:
    print('not ordered', error)
state()
Meta.failing = ('C',)
try:
    C.__bases__ = (B,)
except ValueError as error:
    print('not ordered', error)
state()
Meta.failing = ()


class Odd(A):
    pass


try:
    Odd.__bases__ = (B,)
except TypeError as error:
    print(error)
print(shown(Odd.__bases__), shown(Odd.__mro__))
Derived.__bases__ = (B,)
print(type(Derived).__name__, shown(Derived.__mro__), Derived().who())
for bases in ((), (3,), (C,), [B], (int,)):
    try:
        C.__bases__ = bases
    except TypeError as error:
        print(error)
try:
    del C.__bases__
except TypeError as error:
    print(error)


class Twice(type):
    def mro(cls):
        if cls.__mro__ is not None and cls.__bases__ == (Second,):
            print('assigned within')
            cls.__bases__ = (Third,)
        return super().mro()


class First(metaclass=Twice):
    pass


class Second(metaclass=Twice):
    pass


class Third(metaclass=Twice):
    pass


class Last(First):
    pass


Last.__bases__ = (Second,)
print(shown(Last.__bases__), shown(Last.__mro__))
print(shown(First.__subclasses__()), shown(Second.__subclasses__()), shown(Third.__subclasses__()))
