# What is called is named by its __qualname__ and __module__, else by its str(), when arguments cannot be spread.
class Plain:
    def method(self):
        pass

    def __call__(self):
        pass

    def __str__(self):
        return "a plain one"


class Named:
    __module__ = "elsewhere"
    __qualname__ = "Outer.Named"


def function():
    pass


def own(**attributes):
    made = Plain()
    vars(made).update(attributes)
    return made


class Asked:
    def __getattr__(self, name):
        if name == "__qualname__":
            print("asked for", name)
            return 7
        raise AttributeError(name)


class Fails:
    def __getattr__(self, name):
        raise KeyError(name)


class Twice:
    def keys(self):
        return ["x"]

    def __getitem__(self, key):
        return key


def tried(call):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)


for called in (
    Plain, Plain(), Plain().method, Named, function, len, [].append, str.join, int, None, 3, "text", dict.fromkeys,
    own(__qualname__="own"), own(__qualname__="own", __module__=None), own(__qualname__="own", __module__="builtins"),
    own(__qualname__=[1], __module__=2), Asked(), Fails(),
):
    tried(lambda: called(*3))
    tried(lambda: called(1, *3))
    tried(lambda: called(**3))
    tried(lambda: called(x=1, **{"x": 2}))
    tried(lambda: called(x=1, **Twice()))
    tried(lambda: called(**{"x": 1}, **{"x": 2}))
