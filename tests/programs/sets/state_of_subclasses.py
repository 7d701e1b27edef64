"""What a set, a frozenset and a deque of a class of one's own are copied with: slots, too."""

from _collections import deque


class Plain(set):
    pass


class Slotted(set):
    __slots__ = "x", "__dict__"


class Frozen(frozenset):
    __slots__ = ("x",)

    def __getstate__(self):
        print("getstate")
        return "state"


class Queue(deque):
    __slots__ = ("x",)


print({1}.__reduce__(), frozenset().__reduce__())
one = Plain([1])
print(one.__reduce__()[1:])
one.a = 2
print(one.__reduce__()[1:])
two = Slotted([2])
print(two.__reduce__()[1:])
two.x = 3
print(two.__reduce__()[1:])
two.y = 4
print(two.__reduce__()[1:])
print(Frozen([3]).__reduce__()[1:])
queue = Queue([1, 2], 5)
print(queue.__reduce__()[1:3], list(queue.__reduce__()[3]))
queue.x = 1
print(queue.__reduce__()[1:3])
