# What the interpreter itself warns of, and where: once for each place, unless the place is not the program's own.
import sys


class Truth:
    def __index__(self):
        return True

    __int__ = __index__

    def __float__(self):
        return Real(1.5)

    def __complex__(self):
        return Unreal(1)


class Real(float):
    pass


class Unreal(complex):
    pass


class Only:
    def __int__(self):
        return True


print(~True, ~False)
for i in range(3):
    print(~True)
print(int.__invert__(True))
print(bool.__invert__(True))
import _operator as operator
print(operator.inv(True))
print([1, 2][Truth()])
print([1, 2][: Truth()])
print(operator.index(Truth()))
print(int(Truth()), int(Only()))
print(float(Truth()), type(float(Truth())))
print(complex(Truth()))
print(hex(Truth()), "a" * Truth())
print("%d" % Only())
print("%x" % Truth())
print(round(2.5, Truth()), range(Truth()), bytes(Truth()), chr(Truth()))
print(complex(1j, 2))
print(complex(1, 2j))
print(complex(1j, 2j))
print(complex(Truth(), 2))


def generator():
    try:
        yield
    except ValueError:
        yield 2


running = generator()
next(running)
print(running.throw(ValueError, "text", None))


def invert(value):
    return ~value


invert(True)
invert(True)
invert(1)
registry = globals()["__warningregistry__"]
print(len(registry))
for key in registry:
    if key != "version":
        print(key[0][:30], key[1].__name__, key[2], registry[key])
registry.clear()
invert(True)
registry["version"] = 50
invert(True)
__warningregistry__ = None
quiet = {"__name__": "other"}
exec("~True", quiet)
print(list(quiet["__warningregistry__"]))
named = {"__name__": "__main__"}
exec("~True\n~False", named)
print(len(named["__warningregistry__"]))
nameless = {}
exec("~True", nameless)
print(len(nameless["__warningregistry__"]))


import _io
kept = sys.stderr = _io.StringIO()
~True
sys.stderr = None
~True
sys.stderr = sys.__stderr__
print(kept.getvalue()[-200:])
