"""The docstring of the module."""
# What a module knows of itself.
print(__name__, __doc__, "__file__" in globals())
print(globals().keys() & {"made", "f", "print", "name"})
print(globals() is globals(), locals() is globals(), vars() is globals(), globals()["__name__"])
globals()["made"] = 5
print(made, "made" in dir(), "print" in globals())
if __name__ == "__main__":
    print("main")


def f(a, b=1):
    c = 2
    return locals()


def g():
    """A docstring."""
    return g.__doc__, g.__module__, g.__name__


print(f(0), g(), f.__globals__ is globals())
name = "made"
del globals()[name]
try:
    made
except NameError as error:
    print(error)
