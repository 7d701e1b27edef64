"""A metaclass may leave object out of the MRO: there are no instances then."""

class Only(type):
    def mro(cls): return [cls]
class Z(metaclass=Only):
    def f(self): return 1
def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)
t(lambda: Z.__mro__)
t(lambda: Z())
t(lambda: object.__new__(Z))
t(lambda: Z.__name__)
t(lambda: Z.f(1))
t(lambda: type("S", (Z,), {}).__mro__)
t(lambda: issubclass(Z, object))
t(lambda: Z == Z and Z in {Z})
t(lambda: dir(Z) and "f" in dir(Z))
