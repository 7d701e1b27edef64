# Inheritance, super(), and the method resolution order.
class A:
    def who(self):
        return "A"

    def call(self):
        return self.who()


class B(A):
    def who(self):
        return "B" + super().who()


class C(A):
    def who(self):
        return "C" + super().who()


class D(B, C):
    def who(self):
        return "D" + super().who()


print(A().call(), B().call(), C().call(), D().call())
print([c.__name__ for c in D.__mro__], issubclass(D, A), issubclass(B, C), isinstance(D(), C), D.__base__.__name__)


class Base:
    def __init__(self, x, **rest):
        self.x = x
        print("Base", x, rest)


class Left(Base):
    def __init__(self, l, **rest):
        super().__init__(**rest)
        self.l = l
        print("Left", l)


class Right(Base):
    def __init__(self, r, **rest):
        super().__init__(**rest)
        self.r = r
        print("Right", r)


class Both(Left, Right):
    def __init__(self):
        super().__init__(l=1, r=2, x=3)


both = Both()
print(both.__dict__, super(Left, both).__init__.__qualname__, hasattr(super(Both, both), "x"))
try:

    class Bad(A, B):
        pass

except TypeError as error:
    print(error)
try:

    class AlsoBad(bool):
        pass

except TypeError as error:
    print(error)


class MyList(list):
    def total(self):
        return sum(self)


class MyInt(int):
    def __add__(self, other):
        return "added"


m = MyList([1, 2, 3])
m.append(4)
print(m, m.total(), len(m), isinstance(m, list), MyInt(5) + 1, MyInt(5) * 2, MyInt(5) == 5, 1 + MyInt(2))
