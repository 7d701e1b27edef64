# What f(*x) goes through is released before the call, whatever is called.
import sys


class Items:
    def __init__(self, name):
        self.name = name

    def __iter__(self):
        yield self.name
        yield sys.getrefcount(self)

    def __del__(self):
        caller = sys._getframe(1)
        print("released", self.name, "under", caller.f_code.co_name)


class Ready(tuple):
    def __del__(self):
        print("released", len(self), "under", sys._getframe(1).f_code.co_name)


def function(*args, **names):
    print("called with", args, names)
    return args


class Class:
    def __init__(self, *args, **names):
        print("made of", args, names)

    def method(self, *args, **names):
        print("method", args, names)

    def __call__(self, *args, **names):
        print("instance", args, names)


def main():
    function(*Items("function"))
    function(*Items("named"), x=1)
    function(0, *Items("behind another"))
    Class(*Items("class"))
    Class(*Items("class, named"), x=1)
    instance = Class()
    instance.method(*Items("method"))
    instance(*Items("instance"))
    print(*Items("builtin"))
    print(*Items("builtin, named"), sep=" - ")
    function(*Ready("ab"))
    print(*Ready("abc"))
    max(*Ready("abcd"), key=lambda item: print("key of", item) or item)
    try:
        len(*Items("refused"))
    except TypeError as error:
        print(error)
    try:
        nothing = None
        nothing(*Items("no callable"))
    except TypeError as error:
        print(error)


class Item:
    pass


def counts():
    item = Item()
    show = lambda *args: [sys.getrefcount(arg) for arg in args]
    print(show(*[item]), show(*(item,)), show(*{item}), show(*iter([item])), show(*(each for each in [item])))
    held = [item]
    print(show(*held), [sys.getrefcount(*held), sys.getrefcount(*[item]), sys.getrefcount(*(each for each in held))])
    print([sys.getrefcount(*held, **{}), sys.getrefcount(*(each for each in held), **{}), sys.getrefcount(*{item})])


main()
counts()
