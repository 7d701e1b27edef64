# What sys holds at the end goes when nothing can be printed any more, and all that it keeps alive with it.
from _weakref import ref
import gc
import sys


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, type(plain).__name__, sys is None)


class Node(Named):
    pass


cycle = Node("in a cycle")
cycle.me = cycle
del cycle
plain = Named("of the module")
nested = [Named("in a list"), {"key": Named("in a dict")}]
Node.kept = Named("of a class")
sys.kept = Named("of sys")
watched = Named("watched")
watch = ref(watched, lambda gone: print("told", gone()))


def generator():
    try:
        yield
    finally:
        print("closing")


running = generator()
next(running)
print("end of the program")
