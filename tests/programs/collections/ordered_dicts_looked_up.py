# An OrderedDict looks its keys up in the dict and in its order; what changes meanwhile is noticed.
import _collections
import sys

OrderedDict = _collections.OrderedDict


class Key:
    act = None

    def __init__(self, value):
        self.value = value

    def __hash__(self):
        print('hash', self.value)
        return 1

    def __eq__(self, other):
        print('eq', self.value, getattr(other, 'value', other))
        if Key.act:
            Key.act()
        return self.value == getattr(other, 'value', None)

    def __repr__(self):
        return f'Key({self.value})'


class Derived(OrderedDict):
    pass


for kind in OrderedDict, Derived:
    print(kind.__name__)
    ordered = kind()
    a, b, c = Key(1), Key(2), Key(2)
    ordered[a] = 1
    print('second')
    ordered[b] = 2
    print('again')
    ordered[c] = 3
    print('setdefault', ordered.setdefault(c, 4), ordered.setdefault(Key(3), 5))
    print('pop', ordered.pop(c))
    print('pop', ordered.pop(Key(9), 'no'))
    print('del')
    del ordered[Key(3)]
    try:
        del ordered[Key(9)]
    except KeyError as error:
        print('KeyError', error.args)

for act in (
    lambda: OrderedDict().__delitem__([]), lambda: OrderedDict(a=1).pop([]), lambda: OrderedDict().setdefault([]),
    lambda: OrderedDict(a=1).move_to_end([]), lambda: OrderedDict().pop([], 3), lambda: OrderedDict().__setitem__([], 1),
):
    try:
        print(act())
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)


def both():
    return [OrderedDict([(0, None), (Key(1), None), (4.2, None)]) for _ in range(2)]


def mutating(act):
    calls = []

    def run():
        calls.append(1)
        if len(calls) == 2:
            act()

    Key.act = run


for act in (
    lambda left: left.clear(), lambda left: left.__delitem__(0), lambda left: left.update(x=1),
    lambda left: left.move_to_end(0),
):
    one, two = both()
    mutating(lambda: act(one))
    try:
        print(one == two)
    except RuntimeError as error:
        print(error)
    Key.act = None
one, two = both()
first = list(dict.keys(one))[1]
Key.act = lambda: one.pop(first, None)
print('gone while items are compared')
print(one != two)
Key.act = None


class Clearing(OrderedDict):
    def __getitem__(self, key):
        self.clear()
        return key


try:
    Clearing(a=1, b=2).copy()
except RuntimeError as error:
    print(error)
plain = OrderedDict(a=1, b=2, c=3)
for iterator in iter(plain), iter(plain.items()), iter(plain.values()), reversed(plain):
    next(iterator)
    print(iterator.__reduce__()[1])
for count in (0, 1, 2, 5, 6, 11):
    print(count, sys.getsizeof(OrderedDict.fromkeys(range(count))))
print('__copy__' in dir(OrderedDict))
