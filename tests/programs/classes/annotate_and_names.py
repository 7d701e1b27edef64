# `__annotate__` of a program's own, names of properties, keys that are no str, and what functions are made of.
import _warnings
import sys

Function = type(lambda: None)
Namespace = type(sys.implementation)


class C:
    pass


def f():
    pass


for owner in C, f, type(sys)('m'):
    try:
        owner.__annotate__ = 42
    except TypeError as error:
        print(error)
    owner.__annotate__ = lambda form: 42
    try:
        print(owner.__annotations__)
    except TypeError as error:
        print(error)


class Own:
    a: int

    def __annotate__(form):
        return {'a': str}


print(Own.__annotate__(1), Own.__annotations__)
Own.__annotate__ = lambda form: {'b': form}
print(Own.__annotate__(1), Own.__annotations__)

for rest in (('a', (), None, 3), ('a', (), (), 3), ('a', 3), (3,)):
    try:
        Function(f.__code__, {}, *rest)
    except TypeError as error:
        print(error)


class Named:
    def __init__(self, error=None):
        self.error = error

    def __getattr__(self, name):
        print('asked for', name)
        if self.error:
            raise self.error
        return 'made'


print(property(Named()).__name__)
for getter in Named(RuntimeError('fails')), Named(AttributeError('none')), 3, None:
    try:
        print(property(getter).__name__)
    except (RuntimeError, AttributeError) as error:
        print(type(error).__name__, error)
print(property(len).__name__, property(f).__name__)

_warnings.filters.insert(0, ('error', None, RuntimeWarning, None, 0))
for names in {1: 2, 'a': 3}, {'a': 3, (): 4}, {'a': 3}:
    try:
        print(type('Odd', (), names).a)
    except RuntimeWarning as error:
        print(error)
