# Code that runs in the `f_locals` of a frame gets a new dict from `locals()`.
import sys


def function():
    first = 1
    frame = sys._getframe()
    shown = eval("locals()", {}, frame.f_locals)
    print(type(shown).__name__, shown["first"], eval("locals() is locals()", {}, frame.f_locals))
    shown["first"] = 2
    print(first, eval("first", {}, frame.f_locals), eval("dir()", {}, frame.f_locals))
    exec("added = 3; names = locals(); names['lost'] = 4", {}, frame.f_locals)
    print(frame.f_locals["added"], "lost" in frame.f_locals, type(frame.f_locals["names"]).__name__)
    print(type(eval("vars()", {}, frame.f_locals)).__name__)
    exec("class Inner:\n    inside = 1\n    print(sorted(locals()))", {"__name__": "m"}, frame.f_locals)


function()
