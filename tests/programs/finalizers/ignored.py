# What a __del__ raises nobody can catch: it is printed, and the program goes on.
class Finalizer:
    def __init__(self, error):
        self.error = error

    def __repr__(self):
        return f"Finalizer({self.error!r})"

    def __call__(self):
        raise self.error


class Unspeakable(Exception):
    def __str__(self):
        raise ValueError("no text")


class Failing:
    __del__ = Finalizer(ValueError("from __del__"))


class Nameless:
    __del__ = Finalizer(Unspeakable())


class NoFunction:
    __del__ = 5


class Catching:
    def __del__(self):
        try:
            1 / 0
        except ZeroDivisionError as error:
            print("caught inside:", error, error.__context__)


class Exiting:
    __del__ = Finalizer(SystemExit(3))


def drop(cls):
    thing = cls()
    thing = None
    print("still running behind", cls.__name__)


drop(Failing)
drop(Nameless)
drop(NoFunction)
drop(Catching)
drop(Exiting)
try:
    raise KeyError("being handled")
except KeyError as error:
    drop(Failing)
    drop(Catching)
    print(repr(error))
