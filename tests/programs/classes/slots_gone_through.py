# __slots__ may be anything that can be gone through; an iterator is used up by the class that it is given to.
class Letters:
    def __iter__(self):
        print("gone through")
        yield "p"
        yield "q"


class Iterator:
    __slots__ = iter(["a", "b"])


class Other:
    __slots__ = Letters()


print(list(Iterator.__slots__), Iterator.a, Iterator.b)
other = Other()
other.p, other.q = 1, 2
print(other.p, other.q, hasattr(other, "__dict__"))


class Broken:
    def __iter__(self):
        yield "fine"
        raise ValueError("no more")


try:
    type("Unfinished", (), {"__slots__": Broken()})
except ValueError as error:
    print(error)


# A slot may have the name of the cell that tells methods of their class.
class Cell:
    __slots__ = ["__classcell__"]

    def own(self):
        return __class__


cell = Cell()
cell.__classcell__ = 5
print(cell.own(), cell.__classcell__, Cell.__classcell__)


# Methods of dict may stand for those that set attributes.
class Attributes(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__
    __delattr__ = dict.__delitem__


attributes = Attributes()
attributes.one = 1
print(attributes, attributes.one)
del attributes.one
print(attributes)


class NoDict:
    __setattr__ = dict.__setitem__


try:
    NoDict().name = 1
except TypeError as error:
    print(error)
