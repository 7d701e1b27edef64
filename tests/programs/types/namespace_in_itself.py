"""A SimpleNamespace that holds itself, and one whose class makes something else."""

import sys

Namespace = type(sys.implementation)
one = Namespace(a=1)
one.me = one
print(one)


class Derived(Namespace):
    pass


two = Derived(x=one)
two.list = [two]
print(two)
one.two = two
print(one)


class Other(Namespace):
    made = False

    def __new__(cls, *args, **kwargs):
        return 5 if cls.made else super().__new__(cls)


other = Other()
Other.made = True
try:
    other.__replace__()
except TypeError as error:
    print(error)
