"""Writes which functions and methods of the builtin types call Python code, as CPython 3.14 does.

    python3.14 tests/steps/expected.py > tests/steps/callbacks.txt

Every function of the builtins module, every method of the builtin types, and every operator is called with
objects whose special methods are Python functions that note that they have been called.  A line has

    name <tab> what is called <tab> its arguments <tab> the special methods that were called first, in their order

with ` ; ` between arguments; and of what calls none whatever it is given, the name alone.  Arguments are made of
what `SPIES` defines, before the call.  With --spies, this is written instead.
"""

import builtins
import os
import signal
import sys

SPIES = '''
class Spy(metaclass=type("SpyType", (type,), {})):
    def __init__(self, value=1): self.value = value
    def __getattr__(self, name): note('__getattr__'); raise AttributeError(name)
    def __eq__(self, other): note('__eq__'); return self is other
    def __lt__(self, other): note('__lt__'); return True
    def __le__(self, other): note('__le__'); return True
    def __gt__(self, other): note('__gt__'); return False
    def __ge__(self, other): note('__ge__'); return False
    def __hash__(self): note('__hash__'); return 1
    def __repr__(self): note('__repr__'); return 'Spy'
    def __str__(self): note('__str__'); return 'spy'
    def __format__(self, spec): note('__format__'); return 'spy'
    def __bytes__(self): note('__bytes__'); return b'spy'
    def __bool__(self): note('__bool__'); return True
    def __len__(self): note('__len__'); return 2
    def __index__(self): note('__index__'); return self.value
    def __int__(self): note('__int__'); return self.value
    def __float__(self): note('__float__'); return 1.0
    def __complex__(self): note('__complex__'); return 1j
    def __round__(self, digits=None): note('__round__'); return 1
    def __trunc__(self): note('__trunc__'); return 1
    def __abs__(self): note('__abs__'); return 1
    def __neg__(self): note('__neg__'); return 1
    def __pos__(self): note('__pos__'); return 1
    def __invert__(self): note('__invert__'); return 1
    def __iter__(self): note('__iter__'); return iter((1, 2))
    def __reversed__(self): note('__reversed__'); return iter((2, 1))
    def __getitem__(self, key): note('__getitem__'); return (1, 2)[key] if key in (0, 1) else stop()
    def __setitem__(self, key, value): note('__setitem__')
    def __delitem__(self, key): note('__delitem__')
    def __contains__(self, item): note('__contains__'); return True
    def __call__(self, *args, **keywords): note('__call__'); return 1
    def __dir__(self): note('__dir__'); return ['a']
    def __fspath__(self): note('__fspath__'); return '/'
    def __divmod__(self, other): note('__divmod__'); return (1, 1)
    def __rdivmod__(self, other): note('__rdivmod__'); return (1, 1)
    def __pow__(self, other, modulus=None): note('__pow__'); return 1
    def __rpow__(self, other, modulus=None): note('__rpow__'); return 1
    def __length_hint__(self): note('__length_hint__'); return 2
    def __aiter__(self): note('__aiter__'); return self
    def __anext__(self): note('__anext__'); return self
    def __await__(self): note('__await__'); return iter(())
    def __instancecheck__(self, other): note('__instancecheck__'); return True
    def __subclasscheck__(self, other): note('__subclasscheck__'); return True
    def __get__(self, instance, owner): note('__get__'); return 1
    def __set_name__(self, owner, name): note('__set_name__')
    def __mro_entries__(self, bases): note('__mro_entries__'); return ()
    def __prepare__(self, *bases): note('__prepare__'); return {}


class Keyed:
    def keys(self): note('keys'); return ['a']
    def __getitem__(self, key): note('__getitem__'); return 1


class Seq:
    def __len__(self): note('__len__'); return 2
    def __getitem__(self, key): note('__getitem__'); return key


class Sub(Spy):
    def __getattribute__(self, name): note('__getattribute__'); return object.__getattribute__(self, name)
    def __setattr__(self, name, value): note('__setattr__')
    def __delattr__(self, name): note('__delattr__')
    def __reduce_ex__(self, protocol): note('__reduce_ex__'); return 'Sub'
    def __sizeof__(self): note('__sizeof__'); return 1


class Base:
    def __init_subclass__(cls, **keywords): note('__init_subclass__')
    def __new__(cls, *args): note('__new__'); return super().__new__(cls)
    def __init__(self, *args): note('__init__')


class Meta(type):
    def __instancecheck__(cls, other): note('__instancecheck__'); return True
    def __subclasscheck__(cls, other): note('__subclasscheck__'); return True
    def mro(cls): note('mro'); return super().mro()
    def __call__(cls, *args): note('__call__'); return 1


class Checked(metaclass=Meta): pass


def stop(): raise IndexError
def f(*args, **keywords): note('f'); return 1
def g(*args):
    note('g')
    try:
        got = yield 1
    finally:
        note('g')
    yield 2
def started():
    made = g()
    next(made)
    return made
async def c(): note('c')
async def ag():
    note('ag')
    yield 1
class Prop:
    @property
    def p(self): note('p'); return 1
    @p.setter
    def p(self, value): note('p')
    @p.deleter
    def p(self): note('p')
'''

noted = []


def note(name):
    noted.append(name)
    if len(noted) > 200:
        raise RuntimeError('too much')


# Not called: they end the program, wait for a person, or touch what lies outside.
LEFT_OUT = {'exit', 'quit', 'help', 'input', 'breakpoint', 'copyright', 'credits', 'license', 'memoryview', 'open'}

RECEIVERS = {
    'object': ['Sub()', 'Prop()', 'Keyed()'], 'int': ['5'], 'bool': ['True'], 'float': ['1.5'], 'complex': ['1j'],
    'str': ["'ab'", "'%s {}'", "'{} {a}'", "'{a}'"], 'bytes': ["b'ab'", "b'%s'"], 'bytearray': ["bytearray(b'ab')"],
    'list': ['[Spy(), 2, Spy()]', '[2, 1]'], 'tuple': ['(Spy(), 2, Spy())'],
    'dict': ['{Spy(): 1, 2: Spy()}', '{1: 2}'], 'set': ['{Spy(), 2}', '{1, 2}'],
    'frozenset': ['frozenset({Spy(), 2})', 'frozenset({1, 2})'], 'range': ['range(5)'],
    'slice': ['slice(Spy(), Spy())', 'slice(1, 2)'], 'property': ['property(f, f, f)'],
    'classmethod': ['classmethod(Spy())', 'classmethod(f)'], 'staticmethod': ['staticmethod(Spy())', 'staticmethod(f)'],
    'type': ['Meta', 'Checked', 'Base'], 'super': ['super(Base, Base())'], 'enumerate': ['enumerate(g())'],
    'zip': ['zip(g(), g())'], 'map': ['map(f, [1])'], 'filter': ['filter(f, [1])'],
    'reversed': ['reversed(Seq())', 'reversed([1])'],
    'generator': ['g()', 'started()', '(x for x in g())'], 'coroutine': ['c()'], 'async_generator': ['ag()'], 'function': ['f', 'g'],
    'method': ['Spy().__len__', 'Spy().__call__'], 'builtin_function_or_method': ['[Spy()].index', 'len'],
    'method_descriptor': ['list.index', 'list.__dict__["append"]'], 'wrapper_descriptor': ['list.__len__', 'object.__repr__'],
    'method-wrapper': ['[Spy()].__repr__'], 'classmethod_descriptor': ['dict.__dict__["fromkeys"]'],
    'getset_descriptor': ['type.__dict__["__doc__"]'], 'member_descriptor': ['slice.start'],
    'mappingproxy': ["type(Spy.__dict__)({1: Spy()})", 'type(Spy.__dict__)(Keyed())'],
    'dict_keys': ['{Spy(): 1}.keys()'], 'dict_values': ['{1: Spy()}.values()'], 'dict_items': ['{Spy(): Spy()}.items()'],
    'BaseException': ['ValueError(Spy())'], 'module': ['type(__import__("sys"))("m")'],
    'GenericAlias': ['list[int]', 'list[Spy]'], 'Union': ['int | str', 'int | Checked'],
    'callable_iterator': ['iter(f, 2)'], 'iterator': ['iter(Keyed())'],
}
TYPES = {
    'generator': 'type(g())', 'coroutine': 'type(c())', 'async_generator': 'type(ag())', 'function': 'type(f)',
    'method': 'type(Spy().__len__)', 'builtin_function_or_method': 'type(len)', 'method_descriptor': 'type(list.append)',
    'wrapper_descriptor': 'type(int.__add__)', 'method-wrapper': 'type((1).__add__)',
    'classmethod_descriptor': 'type(dict.__dict__["fromkeys"])', 'getset_descriptor': 'type(type.__dict__["__doc__"])',
    'member_descriptor': 'type(slice.start)', 'mappingproxy': 'type(Spy.__dict__)', 'dict_keys': 'type({}.keys())',
    'dict_values': 'type({}.values())', 'dict_items': 'type({}.items())', 'module': 'type(__import__("sys"))',
    'GenericAlias': 'type(list[int])', 'Union': 'type(int | str)', 'callable_iterator': 'type(iter(f, 2))',
    'iterator': 'type(iter(Keyed()))',
}
ARGUMENTS = [
    (), ('Spy()',), ('[Spy(), Spy()]',), ('Spy()', 'Spy()'), ('f',), ('f', '[1, 2]'), ("'a'", 'Spy()'), ('Spy()', "'a'"),
    ('1', 'Spy()'), ('Spy()', '1'), ('g()',), ('{Spy(): 1}',), ('{Spy(), 1}',), ('Keyed()',), ('Spy()', '1', '2'),
    ('1', '2', 'Spy()'), ('[1]', 'Spy()'), ('None', 'Spy()'), ('(Spy(),)',), ('**{"key": f}',), ('[2, 1]', '**{"key": f}'),
    ('*[2, 1]', '**{"key": f}'), ('g()', '2'), ("'n'", '(Base,)', '{}'), ("'n'", '(Checked,)', '{}'), ("'n'", '()', "{'x': Spy()}"), ('Checked',), ('1', 'Checked'), ('int', 'Checked'),
    ('Sub()', "'a'"), ('Sub()', "'a'", '1'), ('Prop()', "'p'"), ('Prop()', "'p'", '2'), ('Prop()',), ('Sub()',), ('Base',),
    ("'f()'", 'globals()'), ('lambda: f()', "'n'"), ('Spy().__len__',), ('None', 'Base'), ('Base()', 'Base'),
    ('ValueError',), ('f', 'Spy()', '2'), ('{1: Spy()}',), ('[(1, Spy())]',), ("['a']", 'Spy()'), ('ag()',), ("'a'",), ('2', 'Spy()', '3'),
    ('(c for c in g())',), ('(1, Spy())',), ('None',), ('[Spy(), 2, Spy()]',), ('(Spy(), 2, Spy())',), ("'p'",),
    ("'p'", '2'), ('{Spy(), 3, 4}',), ('{Spy(): 1, 3: 4, 5: 6}',), ('slice(Spy(), Spy())',), ('list[Spy()]',),
    ('{Spy()}',), ('{Spy(): 1}.keys()',), ('{Spy(): Spy()}.items()',), ('KeyError', 'Spy()'), ('Seq()',),
]


class Slow(BaseException):
    pass


def too_long(*_):
    raise Slow


def first_that_calls(calls, scope):
    """The first of these calls that calls one of the spies' methods, and what it calls."""
    for function, arguments in calls:
        before = dict(scope)
        result = values = called = None
        signal.setitimer(signal.ITIMER_REAL, 1)
        try:
            called = eval(function, scope)
            values = [eval(argument.lstrip('*'), scope) for argument in arguments]
            plain = [value for value, text in zip(values, arguments) if not text.startswith('*')]
            spread = [item for value, text in zip(values, arguments) if text.startswith('*[') for item in value]
            named = next((value for value, text in zip(values, arguments) if text.startswith('**')), {})
            noted.clear()
            result = called(*plain, *spread, **named)
        except Slow:
            noted.clear()
        except BaseException:
            pass
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            names = list(noted)
            scope.clear()
            scope.update(before)
        if names:
            return function, arguments, names
    return None


def main():
    signal.signal(signal.SIGALRM, too_long)
    scope = {'note': note, '__name__': '__main__'}
    exec(SPIES, scope)
    if sys.argv[1:] == ['--spies']:
        print(SPIES.strip())
        return
    real, nowhere = sys.stdout, open(os.devnull, 'w')
    sys.stderr = nowhere
    sys.unraisablehook = lambda _: None
    rows = []
    for name in sorted(vars(builtins)):
        value = vars(builtins)[name]
        if type(value).__name__ == 'builtin_function_or_method' and name not in LEFT_OUT:
            rows.append((name, [(name, arguments) for arguments in ARGUMENTS]))
    for name, receivers in RECEIVERS.items():
        expression = TYPES.get(name, name)
        owner = eval(expression, scope)
        for method in sorted(vars(owner)):
            value = vars(owner)[method]
            kind = type(value).__name__
            if not callable(value) and kind not in ('classmethod_descriptor', 'staticmethod'):
                continue
            calls = []
            for arguments in ARGUMENTS:
                if method == '__new__':
                    calls.append((expression, arguments))
                elif kind in ('classmethod_descriptor', 'staticmethod'):
                    calls.append((f'{expression}.{method}', arguments))
                else:
                    calls += [(f'{expression}.{method}', (receiver, *arguments)) for receiver in receivers]
            rows.append((f'{name}.{method}', calls))
    for name, calls in rows:
        sys.stdout = nowhere
        found = first_that_calls(calls, scope)
        sys.stdout = real
        if found is None:
            print(name)
        else:
            function, arguments, names = found
            print(name, function, ' ; '.join(arguments), ' '.join(names[:3]), sep='\t')


main()
