"""Writes which functions, methods, operators and statements call Python code, as CPython 3.14 does.

    PYTHONHASHSEED=0 python3.14 tests/steps/expected.py > tests/steps/callbacks.txt

Every function of the builtins and of some modules, every method of the builtin types, every operator and every
statement that can is given objects whose special methods are Python functions that note that they have been called:
in each place each of some kinds, alone and together.  Of all calls of one function those are kept that call a
special method which none before did.  A line has

    name <tab> what is called <tab> its arguments <tab> the special methods that are called, in their order

with ` ; ` between arguments, at most MOST special methods, and a ` ...` where there were more; and of what calls none
whatever it is given, the name alone.  Arguments are made of what spies.py defines, before the call.  Of a statement,
whose name begins with `statement`, the text stands in the second place, with `¶` between its lines.
"""

import builtins
import importlib
import itertools
import os
import signal
import sys

noted = []


def note(name):
    noted.append(name)
    if len(noted) > 200:
        raise RuntimeError('too much')


# Not called: they end the program, wait for a person, or touch what lies outside.
LEFT_OUT = {'exit', 'quit', 'help', 'input', 'breakpoint', 'copyright', 'credits', 'license', 'open', 'open_code'}

# Modules whose functions are called, too.
MODULES = [
    'marshal', 'unicodedata', 'binascii', '_md5', '_sha1', '_sha2', '_sha3', '_blake2', '_csv', 'itertools', '_functools',
    '_collections', '_operator', 'math', 'cmath', '_bisect', '_heapq', '_random', '_struct', '_weakref', '_abc',
    '_string', '_stat', 'errno', '_contextvars', '_warnings', 'array', '_types', '_io',
]

# How many special methods of a call are written.
MOST = 12

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


def module(name):
    return f"__import__('{name}')."


def more(name, expression, *receivers):
    RECEIVERS[name] = list(receivers)
    TYPES[name] = expression


for name, receivers in {
    'deque': ['deque([Spy(), 2, Spy()])', 'deque([2, 1], 3)'],
    'defaultdict': ['defaultdict(f, {Spy(): 1})', 'defaultdict(f)'],
    'OrderedDict': ['OrderedDict({Spy(): 1, 2: Spy()})', 'OrderedDict({1: 2})'],
}.items():
    more(name, module('_collections') + name, *(module('_collections') + receiver for receiver in receivers))
for name, arguments in {
    'accumulate': '[1, Spy()]', 'batched': 'g(), 2', 'chain': 'g(), Spy()', 'combinations': 'g(), 2',
    'compress': 'g(), g()', 'count': 'Spy(), Spy()', 'cycle': 'g()', 'dropwhile': 'f, g()', 'filterfalse': 'f, g()',
    'groupby': 'g(), f', 'islice': 'g(), 1', 'pairwise': 'g()', 'permutations': 'g(), 2', 'product': 'g(), g()',
    'repeat': 'Spy(), 2', 'starmap': 'f, [Spy()]', 'takewhile': 'f, g()', 'zip_longest': 'g(), Spy()',
}.items():
    more(name, module('itertools') + name, f'{module("itertools")}{name}({arguments})')
for name, arguments in {'itemgetter': 'Spy(), Spy()', 'attrgetter': "'a'", 'methodcaller': "'a', Spy()"}.items():
    more(name, module('_operator') + name, f'{module("_operator")}{name}({arguments})')
for name, receivers in {
    'BytesIO': ["BytesIO(b'a\\nb')"], 'StringIO': ["StringIO('a\\nb')"],
    'IncrementalNewlineDecoder': ['IncrementalNewlineDecoder(None, True)'],
    'BufferedReader': ["BufferedReader(__import__('_io').BytesIO(b'a\\nb'))"],
    'BufferedWriter': ["BufferedWriter(__import__('_io').BytesIO(b'a\\nb'))"],
    'BufferedRandom': ["BufferedRandom(__import__('_io').BytesIO(b'a\\nb'))"],
    'TextIOWrapper': ["TextIOWrapper(__import__('_io').BytesIO(b'a\\nb'))"],
}.items():
    more(name, module('_io') + name, *(module('_io') + receiver for receiver in receivers))
PARTIAL = module('_functools') + 'partial'
more('partial', PARTIAL, f'{PARTIAL}(f, Spy(), a=Spy())', f'{PARTIAL}(Spy())')
COMPARED = module('_functools') + 'cmp_to_key(f)'
more('KeyWrapper', f'type({COMPARED})', f'{COMPARED}(1)', COMPARED)
CACHED = module('_functools') + '_lru_cache_wrapper'
more('_lru_cache_wrapper', CACHED, f'{CACHED}(f, 2, True, tuple)', f'{CACHED}(f, None, False, tuple)')
more('ContextVar', module('_contextvars') + 'ContextVar', module('_contextvars') + "ContextVar('v')")
more('Context', module('_contextvars') + 'Context', module('_contextvars') + 'Context()')
for name in ('ref', 'proxy'):
    more(name, f'type({module("_weakref")}{name}(Base))', f'{module("_weakref")}{name}(Base)')
for name, receiver in {
    'list_iterator': 'iter([Spy(), 2])', 'tuple_iterator': 'iter((Spy(),))', 'dict_keyiterator': 'iter({Spy(): 1})',
    'range_iterator': 'iter(range(3))', 'list_reverseiterator': 'reversed([Spy(), 2])', 'frame': 'g().gi_frame',
    'code': 'f.__code__', 'async_generator_asend': 'ag().asend(Spy())', 'async_generator_athrow': 'ag().aclose()',
    'coroutine_wrapper': 'c().__await__()', 'SimpleNamespace': "type(__import__('sys').implementation)(a=Spy())",
}.items():
    more(name, f'type({receiver})', receiver)
for name, arguments in {
    'BaseExceptionGroup': "'m', [ValueError(Spy()), KeyError(1)]", 'KeyError': 'Spy()', 'OSError': 'Spy(), Spy()',
    'ImportError': 'Spy()', 'AttributeError': "Spy(), name='n', obj=Spy()", 'StopIteration': 'Spy()',
    'SystemExit': 'Spy()', 'UnicodeEncodeError': "'a', 'b', 1, 2, 'c'",
}.items():
    more(name, name, f'{name}({arguments})')

KINDS = ['Spy()', '1', "'a'", 'f', '[Spy(), Spy()]', 'None', 'Sub()', "b'a'", 'g()', 'Num()']
COMMON = KINDS[:4]
ARGUMENTS += [(one,) for one in KINDS]
ARGUMENTS += itertools.product(KINDS, repeat=2)
ARGUMENTS += itertools.product(COMMON, repeat=3)
ARGUMENTS += [
    ('Spy()',) * 4, ('1', '1', '1', 'Spy()'), ("'a'", '1', '1', 'Spy()'), ('f', 'Spy()', 'Spy()', 'Spy()'),
    ('Seq()', 'Spy()'), ('Seq()', 'Seq()'), ('Keyed()', 'Spy()'), ('{Spy(): Spy()}', 'Spy()'), ('Checked', 'Spy()'),
    ('bytearray(2)', 'Spy()'), ('1.5', 'Spy()'), ('Spy()', '1.5'), ('1j', 'Spy()'), ('Num()', 'NumSub()'),
    ('g()', '**{"default": Spy()}'), ('[]', '**{"default": Spy()}'), ('Spy()', 'Spy()', '**{"strict": Spy()}'),
    ('f', 'Spy()', '**{"initial": Spy()}'), ('Spy()', '**{"key": Spy()}'), ('[3, 1]', '**{"reverse": Spy()}'),
]
ARGUMENTS = list(dict.fromkeys(ARGUMENTS))

BINARY = ['+', '-', '*', '@', '/', '//', '%', '<<', '>>', '&', '|', '^', '**', '==', '!=', '<', '>', '<=', '>=', 'in']
PAIRS = [
    ('Num()', 'Num()'), ('Num()', '1'), ('1', 'Num()'), ('Num()', 'NumSub()'), ('NumSub()', 'Num()'), ('Spy()', 'Spy()'),
    ('Spy()', '1'), ('1', 'Spy()'), ('Num()', 'Spy()'), ('Spy()', '[Spy()]'), ('Spy()', '{Spy()}'), ('[Spy()]', '[Spy()]'),
    ('(Spy(), 1)', '(Spy(), 2)'), ("'%s'", 'Spy()'), ('{1: Spy()}', '{1: Spy()}'), ('[1]', 'Spy()'), ('Num()', '[Num()]'),
]
STATEMENTS = {
    **{operator: (f'a0 {operator} a1', PAIRS) for operator in BINARY},
    **{f'{operator}=': (f'a0 {operator}= a1', PAIRS) for operator in BINARY[:13]},
    'not': ('not a0', [('Spy()',), ('Seq()',)]), 'unary -': ('-a0', [('Spy()',)]), 'unary +': ('+a0', [('Spy()',)]),
    '~': ('~a0', [('Spy()',)]), 'and': ('a0 and 1', [('Spy()',), ('Seq()',)]), 'or': ('a0 or 1', [('Spy()',)]),
    'chained': ('a0 < a1 < a2', [('Spy()', 'Spy()', 'Spy()'), ('Num()', '1', 'Spy()')]),
    'if': ('if a0: pass', [('Spy()',), ('Seq()',)]), 'while': ('while a0: break', [('Spy()',)]),
    'conditional': ('1 if a0 else 2', [('Spy()',)]), 'assert': ('assert a0', [('Spy()',)]),
    'for': ('for x in a0: pass', [('Spy()',), ('Seq()',), ('g()',), ('Keyed()',), ('map(f, g())',)]),
    'comprehension': ('[x for x in a0 if x]', [('Spy()',), ('[Spy()]',), ('g()',)]),
    'set of': ('{a0, a1}', [('Spy()', 'Spy()')]), 'dict of': ('{a0: 1, a1: 2}', [('Spy()', 'Spy()')]),
    'set comprehension': ('{x for x in a0}', [('[Spy(), Spy()]',)]),
    'dict comprehension': ('{x: x for x in a0}', [('[Spy(), Spy()]',)]),
    'unpack': ('x, y = a0', [('Spy()',), ('g()',), ('Seq()',), ('Keyed()',)]),
    'unpack starred': ('x, *y = a0', [('Spy()',), ('g()',)]),
    'list with *': ('[*a0]', [('Spy()',), ('g()',)]), 'set with *': ('{*a0}', [('g()',), ('[Spy(), Spy()]',)]),
    'dict with **': ('{**a0}', [('Keyed()',), ('{Spy(): 1}',), ('Spy()',)]),
    'call': ('a0(1)', [('Spy()',), ('Checked',), ('Base',)]), 'call with *': ('f(*a0)', [('Spy()',), ('g()',)]),
    'call with **': ('f(**a0)', [('Keyed()',), ('Spy()',)]),
    'attribute': ('a0.p', [('Prop()',), ('Spy()',), ('Sub()',)]), 'set attribute': ('a0.p = 1', [('Prop()',), ('Sub()',)]),
    'del attribute': ('del a0.p', [('Prop()',), ('Sub()',)]), 'descriptor': ('a0.x', [('Held()',), ('Held',)]),
    'set descriptor': ('a0.x = 1', [('Held()',)]), 'del descriptor': ('del a0.x', [('Held()',)]),
    'augmented attribute': ('a0.p += 1', [('Prop()',)]), 'item': ('a0[1]', [('Spy()',), ('Keyed()',)]),
    'item of list': ('a0[a1]', [('[1, 2]', 'Spy()'), ('{1: 2}', 'Spy()'), ('{Spy(): 2}', '1'), ("'ab'", 'Spy()')]),
    'slice': ('a0[a1:a2]', [('[1, 2]', 'Spy()', 'Spy()'), ('Spy()', '1', '2'), ("b'ab'", 'Spy()', 'None')]),
    'set item': ('a0[a1] = 1', [('Spy()', '1'), ('[1, 2]', 'Spy()'), ('{}', 'Spy()'), ('{Spy(): 1}', '1')]),
    'del item': ('del a0[a1]', [('Spy()', '1'), ('[1, 2]', 'Spy()'), ('{1: 1}', 'Spy()')]),
    'set slice': ('a0[a1:] = a2', [('[1, 2]', 'Spy()', 'g()'), ('[1]', '0', 'Spy()')]),
    'augmented item': ('a0[0] += 1', [('Spy()',), ('[Num()]',)]),
    'with': ('with a0: pass', [('With()',)]), 'with error': ('with a0: 1 / 0', [('With()',)]),
    'async with': ('async def t():¶    async with a0: pass¶run(t())', [('With()',)]),
    'async with error': ('async def t():¶    async with a0: 1 / 0¶run(t())', [('With()',)]),
    'async for': ('async def t():¶    async for x in a0: pass¶run(t())', [('Async()',), ('ag()',)]),
    'await': ('async def t(): await a0¶run(t())', [('Async()',), ('c()',)]),
    'async comprehension': ('async def t(): return [x async for x in a0]¶run(t())', [('Async()',), ('ag()',)]),
    'yield from': ('def t(): yield from a0¶next(t())', [('Spy()',), ('g()',), ('Seq()',)]),
    'raise': ('raise a0', [('Error',), ('Error()',)]), 'raise from': ('raise Error from a0', [('Error',)]),
    'except': ('try: 1 / 0¶except a0: pass', [('Checked',), ('(Checked, ZeroDivisionError)',)]),
    'f-string': ("f'{a0} {a0!r} {a0!s:>9} {a0!a} {a0:{a1}}'", [('Spy()', 'Spy()'), ("'a'", 'Spy()')]),
    'class': ('class X(a0): pass', [('Base',), ('Checked',), ('Spy()',), ('Meta',)]),
    'class with keyword': ('class X(Base, key=a0): pass', [('Spy()',)]),
    'class with metaclass': ('class X(metaclass=a0): pass', [('Meta',), ('Spy()',), ('f',)]),
    'class with descriptor': ('class X: x = a0', [('Described()',), ('Spy()',)]),
    'decorator': ('@a0¶def x(): pass', [('Spy()',), ('f',)]), 'class decorator': ('@a0¶class x: pass', [('Spy()',)]),
    'match value': ('match a0:¶    case 1: pass¶    case None: pass', [('Spy()',), ('Num()',)]),
    'match sequence': ('match a0:¶    case [1, *x]: pass', [('[Spy(), 2]',), ('(Num(),)',), ('deque((Spy(),))',)]),
    'match mapping': ("match a0:¶    case {'a': 1, **x}: pass", [("{'a': Spy()}",), ("Names(a=Spy())",)]),
    'match class': ('match a0:¶    case Matched(1, q=2): pass', [('Matched()',)]),
    'match checked': ('match a0:¶    case Checked(): pass', [('1',)]),
    'match guard': ('match 1:¶    case x if a0: pass', [('Spy()',)]),
    'exec names': ("exec('x = y; del x', {}, a0)", [('Names(y=1)',)]), 'del': ('del a0', [('Spy()',)]),
    'import': ('import a0', [('1',)]), 'type parameter': ('def x[T: a0](): pass', [('Spy()',)]),
    'traced': ('import sys¶sys.settrace(a0)¶(lambda: 1)()¶sys.settrace(None)', [('Spy()',), ('f',)]),
    'profiled': ('import sys¶sys.setprofile(a0)¶(lambda: 1)()¶sys.setprofile(None)', [('Spy()',), ('f',)]),
    'call_tracing': ('import sys¶sys.call_tracing(a0, ())', [('Spy()',), ('f',)]),
    'monitored': (
        "import sys¶m = sys.monitoring¶m.use_tool_id(0, 'x')¶m.register_callback(0, 1, a0)¶m.set_events(0, 1)¶"
        '(lambda: 1)()¶m.free_tool_id(0)', [('Spy()',), ('f',)],
    ),
}


def statements(scope):
    """Gives each statement a function that runs it with arguments under the names a0, a1, …"""
    scope['deque'] = __import__('_collections').deque
    for name, code in COMPILED.items():

        def run(*arguments, code=code):
            names = {f'a{index}': value for index, value in enumerate(arguments)}
            exec(code, {**scope, **names})

        scope[f'statement {name}'] = run


COMPILED = {
    name: compile(text.replace('¶', '\n'), 'statement', 'exec') for name, (text, _) in STATEMENTS.items()
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'spies.py'), encoding='utf-8') as source:
    SPIES = compile(source.read(), 'spies.py', 'exec')


class Slow(BaseException):
    pass


def too_long(*_):
    raise Slow


def called_by(function, arguments, scope):
    """The special methods that a call calls."""
    result = values = called = None
    # Where warnings that have been given are remembered: the caller's globals.
    globals().pop('__warningregistry__', None)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        called = scope[function] if function.startswith('statement ') else eval(function, scope)
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
        noted.clear()
    return names


def spies():
    """What spies.py defines, and the statements."""
    scope = {'note': note, '__name__': '__main__'}
    exec(SPIES, scope)
    return scope


def telling(calls, scope):
    """Those of these calls that call a special method which none before did, and what they call."""
    known = set()
    for function, arguments in calls:
        before = dict(scope)
        names = called_by(function, arguments, scope)
        scope.clear()
        scope.update(before)
        if known.issuperset(names):
            continue
        # Calls before may have left something behind in a spy.
        fresh = spies()
        statements(fresh)
        names = called_by(function, arguments, fresh)
        if not known.issuperset(names):
            known.update(names)
            yield function, arguments, names


def everything(scope):
    """The name of each function, and ways to call it."""
    for name in sorted(vars(builtins)):
        value = vars(builtins)[name]
        if type(value).__name__ == 'builtin_function_or_method' and name not in LEFT_OUT:
            yield name, [(name, arguments) for arguments in ARGUMENTS]
    for module in MODULES:
        functions = vars(importlib.import_module(module))
        for name in sorted(functions):
            if type(functions[name]).__name__ == 'builtin_function_or_method' and name not in LEFT_OUT:
                function = f"__import__('{module}').{name}"
                yield f'{module}.{name}', [(function, arguments) for arguments in ARGUMENTS]
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
            yield f'{name}.{method}', calls


def main():
    signal.signal(signal.SIGALRM, too_long)
    scope = spies()
    statements(scope)
    texts = {f'statement {name}': text for name, (text, _) in STATEMENTS.items()}
    choices = {f'statement {name}': choices for name, (_, choices) in STATEMENTS.items()}
    rows = [*everything(scope), *((name, [(name, each) for each in choices[name]]) for name in texts)]
    real, nowhere = sys.stdout, open(os.devnull, 'w')
    sys.stderr = nowhere
    sys.unraisablehook = lambda _: None
    for name, calls in rows:
        sys.stdout = nowhere
        found = list(telling(calls, scope))
        sys.stdout = real
        if not found:
            print(name)
        for function, arguments, names in found:
            function = texts.get(name, function)
            told = ' '.join(names[:MOST]) + (' ...' if len(names) > MOST else '')
            print(name, function, ' ; '.join(arguments), told, sep='\t')
    sys.stdout.flush()
    os._exit(0)


main()
