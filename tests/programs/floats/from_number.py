"""from_number of float and complex: numbers only, no texts."""


def show(thunk):
    try:
        print(repr(thunk()))
    except Exception as error:
        print(type(error).__name__ + ":", error)


class Float(float):
    pass


class Complex(complex):
    pass


class With:
    def __init__(self, **methods):
        self.__class__ = type("With", (With,), {name: lambda self, given=given: given for name, given in methods.items()})


for number in [
    1, 2.5, True, Float(3), "1", b"1", None, 1j, 10**400, Complex(1), With(__float__=2.5), With(__float__=Float(4)),
    With(__float__=3), With(__index__=7), With(__complex__=1 + 2j), With(__complex__=Complex(3)), With(__complex__=1),
]:
    for kind in float, Float, complex, Complex:
        show(lambda: kind.from_number(number))
        show(lambda: type(kind.from_number(number)).__name__)
half = 2.5
print(float.from_number(half) is half, Float.from_number(half) is half)
half = 2.5j
print(complex.from_number(half) is half)
for kind in float, complex:
    show(lambda: kind.from_number())
    show(lambda: kind.from_number(1, 2))
    show(lambda: kind.from_number(number=1))
for name in "double", "float", "int", 1, None:
    show(lambda: float.__getformat__(name))
