"""What sys.setprofile is called of: calls and returns, of builtin functions too."""
import sys


def show(value):
    name = getattr(value, '__qualname__', None)
    return f'{type(value).__name__} {name}' if name else repr(value)


events = []


def profile(frame, event, argument):
    events.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, show(argument)))
    return profile


def watch(function):
    print(function.__name__)
    sys.setprofile(profile)
    try:
        result = function()
    except Exception as error:
        result = type(error)
    sys.setprofile(None)
    print(' ', result)
    for event in events:
        print('   ', *event)
    events.clear()


def double(x):
    return 2 * x


def builtins():
    x = [3, 1]
    x.append(double(2))
    list.append(x, 5)
    str.upper('a')
    'a'.join(['b'])
    len(x)
    x.sort(key=double)
    print
    int('5')
    isinstance(1, int)
    max(1, 2, key=double)
    dict.fromkeys([1])
    str.maketrans({})
    (1).__add__(2)
    int.__add__(1, 2)
    object()
    len(*['a'])
    dict(**{'a': 1})
    return max(x, default=1)


def errors():
    try:
        len()
    except TypeError:
        pass
    try:
        [].pop()
    except IndexError:
        pass
    try:
        sorted([1], key=lambda x: 1 / 0)
    except ZeroDivisionError:
        pass
    int('x')


class A:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return 'A'

    @property
    def p(self):
        return len(super().__repr__()) > 1


class B(A):
    def __init__(self):
        super().__init__(5)


def classes():
    B()
    repr(A(2))
    A(1).p
    class C: pass
    type('D', (), {})


def counts(n):
    while n:
        yield n
        n -= 1


def generators():
    g = counts(1)
    next(g)
    next(g, None)
    list(counts(2))
    for x in counts(1):
        pass
    h = counts(2)
    next(h)
    try:
        h.throw(KeyError)
    except KeyError:
        pass
    sum(x for x in [1])


def both():
    sys.settrace(lambda *args: print('    traced', args[1]))
    double(1)
    len('a')
    sys.settrace(None)


for function in builtins, errors, classes, generators, both:
    watch(function)
print(sys.getprofile())
