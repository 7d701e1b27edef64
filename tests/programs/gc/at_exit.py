# What is left at the end of a program goes in CPython's order: garbage, then modules, then what they held.
import gc
from _weakref import ref


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, Named is None, type(watch).__name__)


class Node(Named):
    pass


cycle = Node("in a cycle")
cycle.me = cycle
del cycle
plain = Named("of the module")
nested = [Named("in a list"), {"key": Named("in a dict")}]
Node.kept = Named("of a class")
watched = Named("watched")
watch = ref(watched, lambda gone: print("told", gone()))
gc.callbacks.append(lambda phase, info: print(phase, info["generation"]))
print("end of the program")
