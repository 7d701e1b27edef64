# f_locals of a function's frame: a mapping that reads and writes the local variables.
import sys


def show(text, L):
    try:
        print(text, '->', eval(text))
    except Exception as error:
        print(text, '!!', type(error).__name__, error)


def f(a, b=2):
    c = 3

    def inner():
        return c

    L = sys._getframe().f_locals
    print(type(L).__name__, sorted(L), L['a'], len(L), 'c' in L, 'zz' in L, L.get('zz', 'no'), bool(L))
    L['a'] = 100
    L['c'] = 33
    L['new'] = 5
    print(a, c, inner(), L['new'], list(L), sys._getframe().f_locals is L, sys._getframe().f_locals == L)
    print(sorted(locals()))
    for text in ("L['nope']", "L.pop('a')", "L.pop('new')", "L.pop('new')", "L.pop('new', 'gone')", "L.clear()",
                 "L.__delitem__('a')", "L.__delitem__('nope')", "L.setdefault('a', 1)", "L.setdefault('zz', 1)",
                 "L.pop('zz')", "L.update({'a': 7, 'extra': 8})", "L.update(3)", "hash(L)", "type(L)()", "type(L)(3)",
                 "type(L).__mro__", "isinstance(L, dict)", "L != 3", "L.__or__(3)", "L | 3", "L.__class__.__name__",
                 "L < L", "L.keys()", "reversed(L)", "type(iter(L)).__name__", "[n for n, v in L.items() if v == 7]",
                 "L == dict(L)", "sorted(L | {'q': 1})", "list({'q': 1} | L)", "L.copy() == dict(L)",
                 "len(L.values())"):
        show(text, L)
    print(a, L['extra'])
    L |= {'b': 'joined'}
    print(b)
    del c
    print('c' in L, len(L) == len(list(L)))
    return sys._getframe()


frame = f(1)
print(frame.f_locals['a'], type(frame.f_locals).__name__, sorted(frame.f_locals))
frame.f_locals['a'] = 'after the end'
print(frame.f_locals['a'])


def shows_itself():
    x = 1
    y = [2]
    me = sys._getframe().f_locals
    print(me)
    y.append(me)
    print(me)
    print(y)


shows_itself()


def generator():
    x = 1
    yield
    print('x is now', x)
    yield


g = generator()
next(g)
g.gi_frame.f_locals['x'] = 42
next(g)
print(g.gi_frame.f_locals)


def outer():
    x = 1

    def peek():
        return sys._getframe(1).f_locals

    proxy = peek()
    proxy['x'] = 99
    print([sys._getframe().f_locals.get('x') for _ in range(1)])
    return x


print(outer())


class Watched:
    def __del__(self):
        print('gone')


def overwrites():
    w = Watched()
    sys._getframe().f_locals['w'] = None
    print('overwritten')
    return w


print(overwrites())


def in_expression(x):
    def change():
        sys._getframe(1).f_locals['x'] = 'changed'
        return '+'

    return x + change() + x


print(in_expression('old'))


class Body:
    z = 1
    kind = type(sys._getframe().f_locals).__name__


print(Body.kind, type(sys._getframe().f_locals).__name__, sys._getframe().f_locals is globals())
