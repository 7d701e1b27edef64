"""Classes derived from builtin types have a say where CPython asks them."""

from _collections import deque

asked = []


def spy(base, *names):
    def made(name):
        def method(self, *arguments):
            asked.append(name)
            return getattr(base, name)(self, *arguments)

        return method

    return type("Spy" + base.__name__, (base,), {name: made(name) for name in names})


def show(name, function):
    asked.clear()
    print(name, function(), asked)


Float = spy(float, "__float__", "__eq__", "__lt__", "__gt__")
Complex = spy(complex, "__eq__")
Int = spy(int, "__eq__", "__lt__", "__gt__")
half, both, two = Float(2.5), Complex(2), Int(2)
show("max", lambda: max(half, 1) == 2.5)
show("1 < float", lambda: 1 < half)
show("2 == float", lambda: 2 == half)
show("2 == complex", lambda: 2 == both)
show("2.0 == complex", lambda: 2.0 == both)
show("2.0 == int", lambda: 2.0 == two)
show("2 == int", lambda: 2 == two)
show("in", lambda: half in [1, 2, 3])
show("complex(1, float)", lambda: complex(1, half))
show("complex(float, 1)", lambda: complex(half, 1))
show("complex(float)", lambda: complex(half))
Tuple = spy(tuple, "__iter__", "__len__", "__getitem__")
show("f(*tuple)", lambda: (lambda *arguments: arguments)(*Tuple((1, 2))))
Deque = spy(deque, "__iter__", "__len__")
show("bool", lambda: bool(Deque([1])))
show("repr", lambda: repr(Deque([1, 2])))
show("repr", lambda: repr(Deque([1, 2], 5)))
show("repr", lambda: repr(Deque()))
print(hasattr(deque, "__bool__"))
