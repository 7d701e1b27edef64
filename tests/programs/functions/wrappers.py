"""classmethod and staticmethod take over what a function says of itself."""


def show(thunk):
    try:
        print(repr(thunk()))
    except Exception as error:
        print(type(error).__name__ + ":", error)


def function(a: int) -> str:
    "its docstring"


function.own = 1


class Silent:
    def __getattr__(self, name):
        print("asked for", name)
        raise AttributeError(name)


class Fails:
    @property
    def __doc__(self):
        raise ValueError("no docstring")


class Described:
    __module__ = "a module"
    __name__ = "a name"


NAMES = "__name__ __qualname__ __module__ __doc__ __annotations__ own __isabstractmethod__ __type_params__".split()

for Wrapper in classmethod, staticmethod:
    wrapper = Wrapper(function)
    print(wrapper.__dict__)
    for name in NAMES:
        show(lambda: getattr(wrapper, name))
    print(wrapper.__wrapped__ is function, wrapper.__func__ is function)
    show(lambda: wrapper.__annotations__ is function.__annotations__)
    show(lambda: wrapper.__annotate__ is function.__annotate__)
    wrapper.__annotations__ = {"b": 1}
    print(function.__annotations__, wrapper.__annotations__)
    wrapper.__annotate__ = None
    print(list(wrapper.__dict__))
    for name in "__annotations__", "__annotate__":
        show(lambda: delattr(wrapper, name))
        show(lambda: getattr(wrapper, name) is not None)
        show(lambda: delattr(wrapper, name))
        show(lambda: delattr(wrapper, name))
    wrapper.__name__ = "another"
    print(wrapper.__name__, function.__name__)
    wrapper.__init__(Described())
    print(wrapper.__name__, wrapper.__module__, wrapper.__qualname__)
    wrapper = Wrapper(Described)
    show(lambda: wrapper.__annotations__)
    wrapper = Wrapper([])
    show(lambda: wrapper.__name__)
    show(lambda: wrapper.__annotations__)
    show(lambda: wrapper.__annotate__)
    show(lambda: Wrapper(Wrapper([])))
    show(lambda: Wrapper.__init__(wrapper))
    show(lambda: Wrapper(function, 1))
    show(lambda: Wrapper(f=function))
    show(lambda: Wrapper.__new__(Wrapper, 1, 2, a=3).__func__)
    print(sorted(Wrapper(Wrapper(function)).__dict__))
    Wrapper(Silent())
    show(lambda: Wrapper(Fails()))

    class Derived(Wrapper):
        def __setattr__(self, name, value):
            print("set", name)
            super().__setattr__(name, value)

    print(list(Derived(function).__dict__))
    print(Wrapper[int], Wrapper[int, str])
    show(lambda: Wrapper.__class_getitem__())


class Implicit:
    def __new__(cls): ...
    def __init_subclass__(cls): ...
    def __class_getitem__(cls, item): ...


for name in "__new__", "__init_subclass__", "__class_getitem__":
    wrapper = Implicit.__dict__[name]
    print(type(wrapper).__name__, wrapper.__dict__, wrapper.__wrapped__.__name__)
    show(lambda: wrapper.__name__)
    show(lambda: wrapper.__annotations__)
    print(wrapper.__dict__)
