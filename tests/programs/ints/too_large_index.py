# What is too large for a place or a count is named by its type, not by that of the int which its `__index__` gave.
from _collections import deque
from _operator import length_hint


class Place:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        return self.number


class Number(int):
    pass


def show(action):
    try:
        print(action())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


for place in (Place(10**30), Place(-(10**30)), Number(10**30), 10**30):
    for sequence in ([1], (1,), "a", b"a", bytearray(b"a"), memoryview(b"a"), deque([1])):
        show(lambda: sequence[place])
    show(lambda: [1] * place)
    show(lambda: place * "a")
    show(lambda: bytes(place))
    show(lambda: bytearray(place))
    show(lambda: [1].pop(place))
    show(lambda: deque().rotate(place))
    show(lambda: deque().insert(place, 1))
    show(lambda: length_hint(object(), place))
    show(lambda: "a".ljust(place))
    show(lambda: [1, 2][:place])
show(lambda: length_hint(object(), Place(3)))
