# What an object is made of, as copying and pickling ask for it; and a copy made of that.
class P:
    def __init__(s): s.x=1
class S:
    __slots__=('a','b')
    def __init__(s): s.a=1
class SD(S):
    def __init__(s): s.a=1; s.z=2
class G:
    def __getstate__(s): return {'k':1}
class L(list): pass
class D(dict): pass
class N:
    def __getnewargs__(s): return (1,2)
class NE:
    def __getnewargs_ex__(s): return ((1,),{'k':2})
class R:
    def __reduce__(s): return (int,(3,))
class RE:
    def __reduce_ex__(s,p): return ('re',p)
class I(int): pass
l=L([1,2]); l.q=1


def named(value):
    """The same with functions shown by their names, as they may be made in different ways."""
    if isinstance(value, tuple):
        return tuple(named(item) for item in value)
    return getattr(value, '__name__', None) if type(value).__name__ in ('function', 'builtin_function_or_method') else value


for e in (
    'P().__getstate__()',
    'S().__getstate__()',
    'SD().__getstate__()',
    'G().__getstate__()',
    'object().__getstate__()',
    'object().__reduce_ex__(4)',
    'P().__reduce_ex__(4)',
    'P().__reduce_ex__(2)',
    'S().__reduce_ex__(2)',
    'SD().__reduce_ex__(4)',
    'G().__reduce_ex__(4)',
    'l.__reduce_ex__(4)[:3]',
    'list(l.__reduce_ex__(4)[3])',
    'list(D(a=1).__reduce_ex__(4)[4])',
    'N().__reduce_ex__(2)',
    'NE().__reduce_ex__(4)',
    'NE().__reduce_ex__(2)',
    'R().__reduce_ex__(4)',
    'R().__reduce__()',
    'RE().__reduce_ex__(4)',
    'I(3).__reduce_ex__(4)',
    'I(3).__reduce_ex__(2)',
    'P().__reduce__()',
    'P().__reduce_ex__(0)',
    'P().__reduce_ex__(1)',
    'S().__reduce_ex__(1)',
    '(1).__reduce_ex__(4)',
    "'a'.__reduce_ex__(4)",
    '[1].__reduce_ex__(4)[:3]',
    '{1:2}.__reduce_ex__(2)[:3]',
    '(1,2).__reduce_ex__(2)',
    '{1}.__reduce_ex__(2)',
    'frozenset({1}).__reduce__()',
    "b'a'.__reduce_ex__(2)",
    'range(3).__reduce__()',
    'slice(1,2).__reduce__()',
    '(1.5).__reduce_ex__(2)',
    '1j.__reduce_ex__(2)',
    'True.__reduce_ex__(2)',
    'None.__reduce_ex__(2)',
    'Ellipsis.__reduce__()',
    'NotImplemented.__reduce__()',
    '(lambda:1).__reduce_ex__(2)',
    'len.__reduce_ex__(2)',
    '[].append.__reduce__()',
    'ValueError(1).__reduce__()',
    'ValueError(1).__reduce_ex__(4)',
    "OSError(1,'a').__reduce__()",
    'StopIteration(4).__reduce__()',
    'iter([1]).__reduce__()',
    '(i for i in []).__reduce_ex__(2)',
    '1 .__getstate__()',
    '[].__getstate__()',
    'l.__getstate__()',
    "P.__reduce_ex__(P(),'x')",
    'P().__reduce_ex__()',
    'object.__reduce__(P())',
    'property().__reduce_ex__(2)',
    '(1).__getnewargs__()',
    "'a'.__getnewargs__()",
    '(1,).__getnewargs__()',
    '(1.5).__getnewargs__()',
    '1j.__getnewargs__()',
    "b'a'.__getnewargs__()",
    'True.__getnewargs__()',
    'int.__reduce__(1)',
    "iter('a').__reduce__()",
    '{1:2}.keys().__reduce_ex__(2)',
    "ExceptionGroup('a',[ValueError()]).__reduce__()",
    'complex(1,2).__reduce_ex__(4)',
    "BaseException(1).__setstate__({'a':1})",
):
    try:
        print(e, '->', named(eval(e)))
    except Exception as error:
        print(e, '!!', type(error).__name__, error)


def copy(value, level=4):
    """A shallow copy, by what the object says of itself."""
    reduced = value.__reduce_ex__(level)
    if isinstance(reduced, str):
        return value
    maker, args, state, items, pairs = tuple(reduced) + (None,) * (5 - len(reduced))
    made = maker(*args)
    if state is not None:
        if hasattr(made, '__setstate__'):
            made.__setstate__(state)
        else:
            state, slots = state if isinstance(state, tuple) else (state, None)
            if state:
                made.__dict__.update(state)
            for name, slot in (slots or {}).items():
                setattr(made, name, slot)
    if items is not None:
        for item in items:
            made.append(item)
    if pairs is not None:
        for key, item in pairs:
            made[key] = item
    return made


class Point:
    __slots__ = ('x', 'y', '__dict__')

    def __init__(self, x, y):
        self.x, self.y = x, y


class Counted(list):
    def append(self, item):
        print('append', item)
        super().append(item)


class Money:
    def __new__(cls, amount, /, *, currency):
        self = super().__new__(cls)
        self.amount, self.currency = amount, currency
        return self

    def __getnewargs_ex__(self):
        print('asked for arguments')
        return (self.amount,), {'currency': self.currency}

    def __getstate__(self):
        print('asked for state')
        return None


class Guarded:
    def __getstate__(self):
        return {'secret': 'hidden'}

    def __setstate__(self, state):
        print('setting', state)
        self.state = state


p = Point(1, 2)
p.z = 3
q = copy(p)
print(q.x, q.y, q.z, q is p)
c = Counted([1, 2])
c.tag = 'counted'
d = copy(c)
print(d, type(d).__name__, d.tag)
m = copy(Money(5, currency='EUR'))
print(m.amount, m.currency)
print(copy(Guarded()).state)
print(copy({1: 2}), copy([3, 4]), copy({5}), copy((6,)), copy('text'), copy(7.5), copy(slice(1, 2)), copy(range(3)))
e = copy(KeyError('lost'))
print(repr(e), e.args)


class Wrong:
    def __getnewargs__(self):
        return 3


class Wrong2:
    def __getnewargs_ex__(self):
        return (1, 2, 3)


class Wrong3:
    def __getnewargs_ex__(self):
        return ([], {})


class Wrong4:
    def __reduce__(self):
        raise ValueError('will not be reduced')


for wrong in (Wrong(), Wrong2(), Wrong3(), Wrong4(), (i for i in ()), print):
    try:
        print(copy(wrong) is wrong)
    except Exception as error:
        print(type(error).__name__, error)
