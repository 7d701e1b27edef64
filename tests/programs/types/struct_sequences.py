"""Struct sequences: what their types tell of their fields, and what can be made of them."""

import sys
import time


def show(thunk):
    try:
        print(repr(thunk()))
    except Exception as error:
        print(type(error).__name__ + ":", error)


for sequence in sys.flags, sys.version_info, sys.hash_info, sys.float_info, sys.int_info, sys.get_asyncgen_hooks():
    kind = type(sequence)
    print(kind.__name__, kind.n_fields, kind.n_sequence_fields, kind.n_unnamed_fields, kind.__match_args__)
    if kind is not type(sys.flags):
        show(lambda: sequence.__replace__())
        show(lambda: sequence.__reduce__())
        show(lambda: kind(sequence))
    show(lambda: sequence.__replace__(other=1))
    show(lambda: sequence.__replace__(1))
    show(lambda: sequence.__replace__(**{kind.__match_args__[0]: 99})[0])
    show(lambda: kind(()))
    show(lambda: kind((1,) * 30))
    show(lambda: kind())
    print(kind.__replace__)
show(lambda: sys.flags.__replace__(gil=5).gil)
show(lambda: sys.flags.__reduce__()[1][1])
Time = time.struct_time
show(lambda: Time(sequence=range(9)))
for names in {"tm_zone": "x"}, {"tm_zone": "x", "other": 1}, {"other": 1}, {"tm_year": 1}, 1:
    show(lambda: Time(range(9), names).tm_zone)
show(lambda: Time(range(11), {"tm_zone": 1}))
show(lambda: Time(1))
show(lambda: Time(range(12)))
show(lambda: Time(range(10)).tm_zone)
one = Time(range(9), {"tm_zone": "z"})
print(one.__replace__(tm_zone=3).tm_zone, one.__replace__(tm_year=5))
show(lambda: one.__replace__(a=1, b=2))

Space = type(sys.implementation)
one = Space(a=1, b=2)
show(lambda: one.__replace__(a=3))
show(lambda: one.__replace__(c=3))
show(lambda: one.__replace__(1))
show(lambda: one.__reduce__())
for given in {"a": 1}, [("a", 1)], 1, {1: 2}, [("a", 2, 3)]:
    show(lambda: Space(given, b=2))
show(lambda: Space({}, {}))


class Keys:
    def keys(self):
        print("keys")
        return ["x", "y"]

    def __getitem__(self, key):
        print("item", key)
        return key * 2


show(lambda: Space(Keys()))


class Derived(Space):
    __slots__ = ("slot",)

    def __init__(self, *args, **keywords):
        print("init", args, keywords)
        super().__init__(**keywords)


one = Derived(x=1)
one.slot = 4
two = one.__replace__(y=2)
print(two, hasattr(two, "slot"))


class Foreign(Space):
    def __new__(cls):
        return 5


show(lambda: Space.__replace__(Space.__new__(Foreign), b=2))
