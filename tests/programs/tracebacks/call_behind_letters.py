# A line that is nothing but `name = call(…)` gets no marks, unless letters beyond ASCII stand in it.
import sys


def call(text):
    raise ValueError(text)


def plain():
    result = call("abc")


def letters():
    result = call("äbc")


def letters_behind():
    result = call("abc")  # ä


def returned():
    return call("ä")


for function in (plain, letters, letters_behind, returned):
    try:
        function()
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
letters()
