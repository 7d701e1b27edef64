# Which side is asked first: a subclass on the right goes before the left.
class Base:
    def __add__(self, other):
        return "Base.__add__"

    def __radd__(self, other):
        return "Base.__radd__"

    def __eq__(self, other):
        return "Base.__eq__"

    def __lt__(self, other):
        return "Base.__lt__"

    def __gt__(self, other):
        return "Base.__gt__"


class Derived(Base):
    def __radd__(self, other):
        return "Derived.__radd__"

    def __eq__(self, other):
        return "Derived.__eq__"

    def __gt__(self, other):
        return "Derived.__gt__"


class Same(Base):
    pass


class Other:
    def __radd__(self, other):
        return "Other.__radd__"

    def __rmul__(self, other):
        return "Other.__rmul__"

    def __contains__(self, item):
        return item == 3

    def __ror__(self, other):
        return "ror"


class Shy:
    def __add__(self, other):
        print("Shy declines", end=" ")
        return NotImplemented

    __eq__ = __lt__ = __add__
    __hash__ = None


print(Base() + Derived(), Derived() + Base(), Base() + Base(), Base() + Same(), Same() + Base())
print(Base() == Derived(), Derived() == Base(), Base() < Derived(), Base() > Derived(), Base() != Derived())
print(1 + Other(), [1] + Other(), "a" + Other(), 2 * Other(), Shy() + Other(), [1, 2] * Other(), {} | Other())
print(3 in Other(), 4 in Other(), 4 not in Other())
shy = Shy()
print(shy == shy, shy == Shy(), shy != 5, Base() == Shy(), Shy() == Base())
try:
    Shy() + 1
except TypeError as error:
    print(error)
try:
    Shy() < Shy()
except TypeError as error:
    print(error)
try:
    {Shy()}
except TypeError as error:
    print(error)
