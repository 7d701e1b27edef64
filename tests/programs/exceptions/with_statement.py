# with: entering, leaving, swallowing, several managers.
class Manager:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind and kind.__name__, value, traceback is not None)
        return self.swallow


with Manager("a") as a:
    print("body", a)
with Manager("b"), Manager("c") as c:
    print("body", c)
with Manager("swallows", True):
    raise ValueError("hidden")
print("after")
try:
    with Manager("outer"):
        with Manager("inner"):
            raise KeyError("seen")
except KeyError as error:
    print("caught", error)


def returns():
    with Manager("r"):
        return "value"


def loops():
    for i in range(3):
        with Manager(f"loop {i}"):
            if i == 0:
                continue
            break
    return i


print(returns(), loops())
with (
    Manager("x") as x,
    Manager("y") as (p),
):
    print(x, p)


class NoExit:
    def __enter__(self):
        pass


for what in (NoExit(), 5):
    try:
        with what:
            pass
    except TypeError as error:
        print(error)


class BadExit(Manager):
    def __exit__(self, *args):
        raise RuntimeError("in exit")


try:
    with BadExit("bad"):
        raise ValueError("in body")
except RuntimeError as error:
    print(error, repr(error.__context__))
