"""An object that holds itself in a slot beside what its builtin type keeps."""

import gc


class Said:
    def __del__(self):
        print("gone")


class Chain(list):
    __slots__ = ("first", "second", "__dict__")


gc.disable()
gc.collect(0)
ring = Chain()
ring.first = ring
ring.second = Said()
print(sorted(type(held).__name__ for held in gc.get_referents(ring)), gc.is_tracked(ring))
del ring
print("held by itself")
print(gc.collect(0))
