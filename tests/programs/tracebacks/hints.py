# "Did you mean ...?", for names, attributes and imports.
import sys


class Shape:
    _hidden = 1

    def __init__(self):
        self.width = 2
        self.height = 3

    def missing_self(self):
        return width

    def hidden(self):
        return self.hidden_

    def method_name(self):
        return self.method_nam


def local_name():
    counter = 1
    return conter


def builtin_name():
    return prnt(1)


def nothing_near():
    return completely_different


def module_name():
    return math.pi


def module_name_and_near():
    time_ = 1
    return time


def attribute():
    return Shape().widht


def attribute_of_class():
    return Shape.missing_sel


def underscored():
    return Shape().hidden_x


def of_str():
    return "text".uper()


def of_module():
    return sys.maxsiz


def of_import():
    from sys import exitt


def free_name():
    outer_value = 1

    def inner():
        return outer_value + outer_valeu

    return inner()


def keyword():
    return local_name(counte=1)


def keyword_near(width, height):
    return width


def call_keyword_near():
    return keyword_near(1, heigth=2)


def own_error():
    raise AttributeError("made by hand", name="widht", obj=Shape())


def own_name_error():
    raise NameError("made by hand", name="Shap")


def chain(functions):
    try:
        functions[0]()
    except Exception:
        if len(functions) == 1:
            raise
        chain(functions[1:])


shape = Shape()
chain([
    shape.missing_self, shape.hidden, shape.method_name, local_name, builtin_name, nothing_near, module_name,
    module_name_and_near, attribute, attribute_of_class, underscored, of_str, of_module, of_import, free_name, keyword,
    call_keyword_near, own_error, own_name_error,
])
