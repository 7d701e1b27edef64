# What gc.collect() counts, in which order finalizers run and who is told.
import gc
from _io import StringIO
from _weakref import ref
import sys


class Node:
    def __init__(self, name=None):
        self.name = name


class Loud(Node):
    def __del__(self):
        print("del", self.name, watch and watch())


watch = None
gc.collect()


def cycle(count, kind=Node):
    nodes = [kind(number) for number in range(count)]
    for number, node in enumerate(nodes):
        node.next = nodes[(number + 1) % count]
    return nodes[0]


first = cycle(3)
print(gc.collect())
del first
print(gc.collect(), gc.collect())

first = cycle(3, Loud)
watch = ref(first, lambda gone: print("told", gone()))
del first
print(gc.collect(), watch.__callback__ is None)

watch = None


def inner():
    def function():
        return function


inner()
print("function, cell, closure:", gc.collect())

itself = []
itself.append(itself)
del itself
print("list:", gc.collect())

itself = {}
itself[1] = itself
del itself
print("dict:", gc.collect())

node = Node()
node.me = node
node.__dict__
del node
print("instance with its dict:", gc.collect())


class Local:
    def method(self):
        pass


del Local
print("class:", gc.collect())


class Base:
    pass


gc.collect()


class Derived(Base):
    __slots__ = ("a", "b")


del Derived
print("derived class:", gc.collect())


def failing():
    try:
        1 / 0
    except ZeroDivisionError as error:
        kept = error


failing()
print("exception, traceback, frame:", gc.collect())


def generator():
    me = yield
    try:
        yield
    finally:
        print("closing")


running = generator()
next(running)
running.send(running)
del running
print("generator:", gc.collect())


# What a finalizer brings back lives on, with all it holds, and is finalized once.
class Phoenix(Node):
    def __del__(self):
        global back
        back = self
        print("back")


phoenix = Phoenix()
phoenix.me = phoenix
phoenix.other = Node()
phoenix.other.owner = phoenix
del phoenix
print(gc.collect(), gc.is_finalized(back), sys.getrefcount(back))
del back
print(gc.collect())

# A reference to garbage that is garbage too tells nobody; others tell before the finalizers run.
node = Loud("silent")
node.watch = ref(node, lambda gone: print("never"))
watch = ref(node, lambda gone: print("told before", gone()))
plain = ref(node)
node.me = node
del node
print(gc.collect(), plain(), watch())


def failing_callback(gone):
    raise RuntimeError("in a callback")


class Failing(Node):
    def __del__(self):
        raise RuntimeError("in a finalizer")


watch = None
sys.stderr = errors = StringIO()
node = Failing()
node.me = node
watcher = ref(node, failing_callback)
del node
print(gc.collect())
sys.stderr = sys.__stderr__
print("".join(map(str.lstrip, errors.getvalue().split(" at 0x"), ["0123456789abcdef"] * 99)))
