"""Writes which functions and methods of the builtin types call Python code, as CPython 3.14 does.

    python3.14 tests/steps/expected.py > tests/steps/callbacks.txt

Every function of the builtins module, every method of the builtin types, and every operator is called with
objects whose special methods are Python functions that note that they have been called.  A line has

    name <tab> what is called <tab> its arguments <tab> the special methods that were called first, in their order

with ` ; ` between arguments; and of what calls none whatever it is given, the name alone.  Arguments are made of
what spies.py defines, before the call.
"""

import builtins
import importlib
import os
import signal
import sys

noted = []


def note(name):
    noted.append(name)
    if len(noted) > 200:
        raise RuntimeError('too much')


# Not called: they end the program, wait for a person, or touch what lies outside.
LEFT_OUT = {'exit', 'quit', 'help', 'input', 'breakpoint', 'copyright', 'credits', 'license', 'open'}

# Modules whose functions are called, too.
MODULES = ['marshal', 'unicodedata', 'binascii', '_md5', '_sha1', '_sha2', '_sha3', '_blake2', '_csv']

# `(?P<x>a)`, compiled.
PATTERN = "__import__('_sre').compile('a', 32, [17, 0, 16, 97, 17, 1, 1], 1, {'x': 1}, (None, 'x'))"

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
    'memoryview': ["memoryview(bytearray(b'ab'))"], 'array': ["__import__('array').array('i', [1, 2])"],
    'Struct': ["__import__('_struct').Struct('bb')", "__import__('_struct').Struct('?f')"],
    'reader': ["__import__('_csv').reader(g())"],
    'writer': ["__import__('_csv').writer(type(__import__('sys').implementation)(write=f))"],
    'Dialect': ["__import__('_csv').Dialect()"],
    'callable_iterator': ['iter(f, 2)'], 'iterator': ['iter(Keyed())'],
    'Pattern': [PATTERN], 'Match': [f"{PATTERN}.match('a')"], 'SRE_Scanner': [f"{PATTERN}.scanner('aa')"],
}
TYPES = {
    'generator': 'type(g())', 'coroutine': 'type(c())', 'async_generator': 'type(ag())', 'function': 'type(f)',
    'method': 'type(Spy().__len__)', 'builtin_function_or_method': 'type(len)', 'method_descriptor': 'type(list.append)',
    'wrapper_descriptor': 'type(int.__add__)', 'method-wrapper': 'type((1).__add__)',
    'classmethod_descriptor': 'type(dict.__dict__["fromkeys"])', 'getset_descriptor': 'type(type.__dict__["__doc__"])',
    'member_descriptor': 'type(slice.start)', 'mappingproxy': 'type(Spy.__dict__)', 'dict_keys': 'type({}.keys())',
    'dict_values': 'type({}.values())', 'dict_items': 'type({}.items())', 'module': 'type(__import__("sys"))',
    'GenericAlias': 'type(list[int])', 'Union': 'type(int | str)', 'callable_iterator': 'type(iter(f, 2))',
    'iterator': 'type(iter(Keyed()))', 'array': "__import__('array').array", 'Struct': "__import__('_struct').Struct",
    'reader': "__import__('_csv').Reader", 'writer': "__import__('_csv').Writer", 'Dialect': "__import__('_csv').Dialect",
    'Pattern': f'type({PATTERN})', 'Match': f"type({PATTERN}.match('a'))", 'SRE_Scanner': f"type({PATTERN}.scanner('aa'))",
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
    ("'b'", "'aa'", 'Spy()'),
    ('bytearray(2)', '1', 'Spy()'), ('bytearray(2)', '0', '1', 'Spy()'), ('bytearray(2)', 'Spy()', '1', '1'), ("'d'", '[Spy()]'),
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
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'spies.py'), encoding='utf-8') as spies:
        exec(spies.read(), scope)
    real, nowhere = sys.stdout, open(os.devnull, 'w')
    sys.stderr = nowhere
    sys.unraisablehook = lambda _: None
    rows = []
    for name in sorted(vars(builtins)):
        value = vars(builtins)[name]
        if type(value).__name__ == 'builtin_function_or_method' and name not in LEFT_OUT:
            rows.append((name, [(name, arguments) for arguments in ARGUMENTS]))
    for module in MODULES:
        functions = vars(importlib.import_module(module))
        for name in sorted(functions):
            if type(functions[name]).__name__ == 'builtin_function_or_method':
                function = f"__import__('{module}').{name}"
                rows.append((f'{module}.{name}', [(function, arguments) for arguments in ARGUMENTS]))
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
