# The locals of a frame take keys that are no str, beside the variables.
import sys


def function():
    variable = 1
    names = sys._getframe().f_locals
    names[1] = 2
    names[(1, "a")] = 3
    print(1 in names, 1.0 in names, 2 in names, names[(1, "a")], names.get(5, "nothing"))
    names[True] = 4
    print(names[1], len(names), list(names))
    print({name: value for name, value in names.copy().items() if name != "names"})
    print(1 in (names | {}), list(locals()), names == {**names})
    del names[1]
    print(names.pop((1, "a")), names.setdefault(7, 8), names[7])
    try:
        names[[]] = 1
    except TypeError as error:
        print(error)
    try:
        names[9]
    except KeyError as error:
        print(error)
    return variable


function()

# In a comprehension that a module or class body holds, its names are local variables, and they alone.
x = "outside"
print([list(locals()) for x in [1]], [eval("x") for x in [1, 2]], x)
print([type(sys._getframe().f_locals).__name__ for x in [1]], type(sys._getframe().f_locals).__name__)
print([list(sys._getframe().f_locals) for x in [1]], ["x" in dir() for x in [1]], [vars()["x"] for x in [3]])
y = 0
[exec("y = x") for x in [1, 2]]
print(y)
kept = [sys._getframe().f_locals for x in [1]][0]
print("x" in kept, list(kept))


class Body:
    inside = 3
    print([list(locals()) for q in [1]])
    [exec("w = q") for q in [1]]
    print("w" in vars(), "w" in globals())

    def method():
        return [list(locals()) for q in [1]]

    print(method())
