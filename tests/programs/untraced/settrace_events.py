"""What sys.settrace is called of, in which order: calls, lines, returns, exceptions."""
import sys


def show(value, event='return'):
    if event == 'exception':
        kind, error, traceback = value
        return f'{kind.__name__}({show(error.args)}) {traceback and traceback.tb_lineno}'
    plain = value is None or isinstance(value, (int, str, list, tuple))
    if isinstance(value, tuple):
        return f'({", ".join(map(show, value))})'
    return repr(value) if plain else type(value).__name__


def trace(frame, event, argument):
    code = frame.f_code
    line = frame.f_lineno - code.co_firstlineno
    print(f'  {event:9} {code.co_name} +{line} {show(argument, event)}')
    return trace


def watch(function, *arguments):
    print(function.__name__)
    sys.settrace(trace)
    try:
        result = function(*arguments)
    except Exception as error:
        result = repr(error)
    sys.settrace(None)
    print(' ', show(result))


def straight(a):
    b = a + 1
    c = (b
         + 1)
    return c


def loops():
    for i in range(2):
        pass
    for i in [1, 2]: i
    while i:
        i -= 1
    else:
        i = 5
    while i > 3: i -= 1
    for i in (): pass
    return [x for x in (1, 2)]


def branches(x):
    if x == 1:
        return 'one'
    elif x == 2:
        y = 'two'
    else:
        y = 'more' if x > 3 else 'three'
    return y


def caught():
    try:
        1 / 0
    except ZeroDivisionError as error:
        x = 1
    else:
        x = 2
    finally:
        y = x
    return y


def raises(key):
    {}[key]


def passes():
    try:
        raises('a')
    finally:
        x = 1


def chained():
    try:
        raises('a')
    except KeyError:
        raise ValueError('b') from None


def counts(n):
    while n:
        got = yield n
        n -= 1
    return 'end'


def delegates():
    result = yield from counts(2)
    yield result


def generators():
    for x in counts(2):
        pass
    g = delegates()
    next(g)
    g.send(None)
    next(g)
    g.close()
    h = counts(1)
    next(h)
    try:
        h.throw(KeyError('k'))
    except KeyError:
        pass
    return sum(x for x in counts(1))


class Context:
    def __enter__(self):
        return self

    def __exit__(self, *args):
        return True


def contexts():
    with Context():
        x = 1
    with Context() as c, Context():
        raise ValueError
    return 3


def classes():
    class A:
        x = 1

        def f(self):
            return 2

        @property
        def p(self): return 3

    a = A()
    return a.f() + a.p


def nested():
    def inner(f):
        return f
    @inner
    def other(x=1):
        return x
    return other() + (lambda: 1)()


async def waits():
    return 1


async def asynchronous():
    x = await waits()
    async with Both() as b:
        y = [i async for i in items()]
    async for i in items():
        pass
    return x


class Both:
    async def __aenter__(self): return self
    async def __aexit__(self, *args): pass


async def items():
    yield 1


def runs():
    coroutine = asynchronous()
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value


class Ends:
    def __init__(self): self.n = 0
    def __iter__(self): return self

    def __next__(self):
        self.n += 1
        if self.n > 1:
            raise StopIteration
        return self.n


def iterates():
    for x in Ends():
        pass
    return list(Ends())


def matches(x):
    match x:
        case 1:
            return 'a'
        case [a, b] if a > b:
            return 'b'
        case {'k': v}:
            return v
        case _:
            return 'd'


def asserts(x):
    assert x, 'no'
    return (
        x,
        sorted([2, 1], key=lambda k:
               -k),
    )


watch(straight, 1)
watch(loops)
for i in 1, 2, 3:
    watch(branches, i)
watch(caught)
watch(passes)
watch(chained)
watch(generators)
watch(contexts)
watch(classes)
watch(nested)
watch(runs)
watch(iterates)
for i in 1, [2, 1], {'k': 2}, 5:
    watch(matches, i)
watch(asserts, 0)
watch(asserts, 1)
