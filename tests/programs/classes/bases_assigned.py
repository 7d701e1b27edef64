# Bases of a class that are changed afterwards.
class A:
    def who(self):
        return "A"


class B:
    def who(self):
        return "B"

    def other(self):
        return "other"


class C(A):
    pass


class D(C):
    pass


def attempt(cls, bases):
    try:
        cls.__bases__ = bases
    except TypeError as error:
        print(type(error).__name__, error)
    else:
        print([base.__name__ for base in cls.__bases__], [part.__name__ for part in cls.__mro__])


node = D()
print(node.who(), hasattr(node, "other"))
attempt(C, (B,))
print(node.who(), node.other(), D.__mro__ == (D, C, B, object), A.__subclasses__(), B.__subclasses__())
attempt(C, (A, B))
print(node.who(), node.other(), C.__base__.__name__)
attempt(C, (A, A))
attempt(C, (object, A))
attempt(C, (D,))
attempt(C, (C,))
attempt(C, (3,))
attempt(C, ())
attempt(C, [A])
attempt(C, (int,))
attempt(A, (B,))
attempt(int, (object,))
attempt(C, (bool,))


class Row(tuple):
    pass


attempt(Row, (tuple, A))
attempt(Row, (tuple,))
print(Row((1, 2)), A.__subclasses__())
try:
    del C.__bases__
except TypeError as error:
    print(error)


class Meta(type):
    pass


class E(metaclass=Meta):
    pass


attempt(D, (C, E))
