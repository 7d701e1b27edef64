"""Squares."""
print("running", __name__)
from .. import __name__ as package


def area(side):
    return side * side
