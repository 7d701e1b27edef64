# `atexit`: what is called at the end, in which order, and what becomes of errors there.
import atexit
import sys


def attempt(function, *args):
    try:
        print(function.__name__, function(*args))
    except BaseException as error:
        print(function.__name__, type(error).__name__, error)


def hook(unraisable):
    print(unraisable.err_msg.partition(" at 0x")[0], type(unraisable.exc_value).__name__, unraisable.exc_value)


sys.unraisablehook = hook
attempt(atexit.register)
attempt(atexit.register, 5)
attempt(atexit.unregister, 5)
attempt(atexit._ncallbacks)


def one(*args, **keywords):
    print("one", args, keywords)


def fails():
    raise ValueError("fails")


def registers():
    print("registers")
    atexit.register(one, "too late")


def unregisters():
    print("unregisters", atexit._ncallbacks())
    atexit.unregister(one)


def leaves():
    raise SystemExit(7)


print(atexit.register(one) is one, atexit._ncallbacks())
atexit.register(one, 1, k=2)
atexit.register(fails)
atexit._run_exitfuncs()
print(atexit._ncallbacks())


class Equal:
    def __init__(self, name):
        self.name = name

    def __eq__(self, other):
        print("eq", self.name, getattr(other, "name", other.__class__.__name__))
        return self.name != "none" and not isinstance(other, type(one))

    def __call__(self):
        print("call", self.name)


first, second = Equal("first"), Equal("second")
for function in first, second, one, first:
    atexit.register(function)
atexit.unregister(first)
attempt(atexit._ncallbacks)
atexit.unregister(Equal("none"))
attempt(atexit._ncallbacks)
atexit._clear()
attempt(atexit._ncallbacks)


class Wrong:
    def __eq__(self, other):
        raise KeyError(1)

    def __call__(self):
        pass


class Gone:
    def __del__(self):
        print("gone")


gone = Gone()
atexit.register(one, 5)
atexit.register(registers)
atexit.register(fails)
atexit.register(unregisters)
atexit.register(leaves)
attempt(atexit.unregister, Wrong())
atexit.register(lambda: print("first of all", gone.__class__.__name__))
print("end")
1 / 0
