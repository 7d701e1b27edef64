# What a generator delegates to is asked for its `throw` and `close` as for any attribute.
import sys


class Items:
    def __iter__(self):
        return self

    def __next__(self):
        return 1


class ByName(Items):
    def __getattr__(self, name):
        print("asked for", name)
        if name == "throw":
            return lambda *args: print("thrown", args) or 5
        if name == "close":
            return lambda: print("closed")
        raise AttributeError(name)


class Failing(Items):
    def __repr__(self):
        return "Failing"

    def __getattr__(self, name):
        raise ZeroDivisionError(name)


class Lacking(Items):
    def __getattr__(self, name):
        print("lacks", name)
        raise AttributeError(name)


class Instance(Items):
    def __init__(self):
        self.throw = lambda error: print("instance's", error)
        self.close = lambda: print("instance's close")


class Noisy(Items):
    def close(self):
        raise LookupError("close")

    @property
    def throw(self):
        raise KeyError("throw")


def unraisable(told):
    print("ignored", told.err_msg.split(" at 0x")[0], repr(told.exc_value))


sys.unraisablehook = unraisable


def delegating(inner):
    try:
        yield from inner
    except BaseException as error:
        print("inside", repr(error))
        raise
    finally:
        print("finally")


def twice(inner):
    try:
        yield from delegating(inner)
    except Exception as error:
        print("outside", repr(error))
        yield 7


def attempt(method, *args):
    try:
        print("gives", method(*args))
    except BaseException as error:
        print("raises", repr(error))


for kind in ByName, Lacking, Instance, Failing, Noisy:
    for make in delegating, twice:
        print(kind.__name__, make.__name__)
        running = make(kind())
        next(running)
        attempt(running.throw, ValueError("a"))
        attempt(next, running)
        running = make(kind())
        next(running)
        if kind is not Failing:
            attempt(running.close)
        attempt(next, running)
        if kind is not Failing:
            attempt(running.throw, GeneratorExit)
