# How deep properties, subscripts and the like may nest: of some the specializer makes frames without a look at the limit.
import sys


def depths(call):
    global depth
    found = []
    for limit in 1000, 1000, 60, 150, 151, 400, 700, 1000:
        sys.setrecursionlimit(limit)
        depth = 0
        try:
            call()
        except RecursionError as error:
            found.append(depth)
    sys.setrecursionlimit(1000)
    return found


def count():
    global depth
    depth += 1


class Properties:
    @property
    def read(self):
        global depth
        depth += 1
        return self.read

    @property
    def called(self):
        global depth
        depth += 1
        return self.called()

    @property
    def through(self):
        count()
        return self.through


class All(Properties):
    def __getitem__(self, key):
        global depth
        depth += 1
        return self[key]

    def __class_getitem__(cls, key):
        global depth
        depth += 1
        return cls[key]

    def __getattr__(self, name):
        global depth
        depth += 1
        return self.missing

    def __add__(self, other):
        global depth
        depth += 1
        return self + other

    def __eq__(self, other):
        global depth
        depth += 1
        return self == other

    def __iter__(self):
        global depth
        depth += 1
        for each in self:
            pass

    def __contains__(self, item):
        global depth
        depth += 1
        return item in self

    def __call__(self, n):
        global depth
        depth += 1
        return self(n)

    def __bool__(self):
        global depth
        depth += 1
        return not self

    def __len__(self):
        global depth
        depth += 1
        return len(self)

    def __enter__(self):
        global depth
        depth += 1
        with self:
            pass

    __exit__ = None


class Slices:
    def __getitem__(self, key):
        global depth
        depth += 1
        return self[key.start:]


class Items(dict):
    def __getitem__(self, key):
        global depth
        depth += 1
        return self[key, 1]


class Missing(dict):
    def __missing__(self, key):
        global depth
        depth += 1
        return self[key]


class Everything:
    def __getattribute__(self, name):
        global depth
        depth += 1
        return self.anything


class Meta(type):
    @property
    def of_class(cls):
        global depth
        depth += 1
        return cls.of_class

    def __getitem__(cls, key):
        global depth
        depth += 1
        return cls[key]


class OfMeta(metaclass=Meta):
    pass


thing = All()
for kind in Properties, All:
    plain = kind()
    print(kind.__name__)
    print("property", depths(lambda: plain.read))
    print("property that is called", depths(lambda: plain.called))
    print("property with a call in it", depths(lambda: plain.through))
print("[]", depths(lambda: thing[0]))
print("[:]", depths(lambda: Slices()[0:]))
print("[] of a dict", depths(lambda: Items()[0]))
print("__missing__", depths(lambda: Missing()[0]))
print("__class_getitem__", depths(lambda: All[0]))
print("__getattr__", depths(lambda: thing.missing))
print("__getattribute__", depths(lambda: Everything().anything))
print("+", depths(lambda: thing + 1))
print("==", depths(lambda: thing == 1))
print("for", depths(lambda: iter(thing)))
print("in", depths(lambda: 1 in thing))
print("()", depths(lambda: thing(1)))
print("not", depths(lambda: not thing))
print("len", depths(lambda: len(thing)))
print("with", depths(lambda: thing.__enter__()))
print("property of a metaclass", depths(lambda: OfMeta.of_class))
print("[] of a metaclass", depths(lambda: OfMeta[0]))
