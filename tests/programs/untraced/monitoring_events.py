"""sys.monitoring: what a tool is told of each event, and in which order."""
import sys

monitoring = sys.monitoring
E = monitoring.events
watched = set()


def show(value):
    if isinstance(value, BaseException):
        return repr(value)
    if value is monitoring.MISSING:
        return 'MISSING'
    return repr(value) if value is None or isinstance(value, (int, str)) else type(value).__name__


def callback(name):
    def told(code, *rest):
        if code.co_name in watched:
            print(f'  {name:17}', code.co_name, *map(show, rest))
    return told


monitoring.use_tool_id(1, 'test')
EVENTS = [name for name in vars(E) if name not in ('BRANCH', 'NO_EVENTS')]
for name in EVENTS:
    monitoring.register_callback(1, getattr(E, name), callback(name))


def watch(events, *functions):
    print(functions[0].__name__, *events)
    watched.clear()
    watched.update(function.__name__ for function in functions)
    monitoring.set_events(1, sum({getattr(E, event) for event in events}))
    try:
        result = functions[0]()
    except Exception as error:
        result = repr(error)
    monitoring.set_events(1, 0)
    print(' ', show(result))


def double(x):
    return x * 2


def fails(x):
    if x > 1:
        raise KeyError(x)
    return x


def loops():
    for i in range(3):
        try:
            fails(i)
        except KeyError:
            len('a')
    while i > 0:
        i -= 1
    return [x for x in (1, 2) if x > 1]


def counts():
    try:
        yield 1
        yield 2
    except ValueError:
        yield 3
    return 4


def generators():
    g = counts()
    next(g)
    g.throw(ValueError('v'))
    list(g)
    h = counts()
    next(h)
    h.close()
    return list(delegates())


def delegates():
    x = yield from counts()
    return x


def handlers():
    try:
        try:
            fails(2)
        finally:
            x = 1
    except KeyError as error:
        try:
            raise
        except KeyError:
            pass
    try:
        sorted([2, 1], key=fails)
    except KeyError:
        pass
    try:
        raise ValueError from None
    except TypeError:
        pass


class A:
    def __init__(self, x=1):
        super().__init__()

    def method(self):
        return super(A, self).__repr__


def calls():
    double(1)
    a = A()
    a.method()
    A.method(a)
    print
    [].append(1)
    list.append([], 2)
    len(*['a'])
    double(*(2,))
    dict(a=1)
    A(x=2)
    try:
        len()
    except TypeError:
        pass
    return max([1, 2], key=double)


def jumps(x=None):
    if x is None:
        y = 1
    if x is not None and y:
        y = 2
    while True:
        y += 1
        if y > 2:
            break
    for i in ():
        pass
    else:
        y = not x
    return y if y else x


async def waits():
    return 1


async def items():
    yield 1


async def coroutine():
    x = await waits()
    async for i in items():
        x += i
    return x


def asynchronous():
    try:
        coroutine().send(None)
    except StopIteration as end:
        return end.value


def empty():
    pass


STARTS = ['PY_START', 'PY_RESUME', 'PY_RETURN', 'PY_YIELD', 'PY_THROW', 'PY_UNWIND']
RAISES = ['RAISE', 'RERAISE', 'EXCEPTION_HANDLED', 'PY_UNWIND', 'STOP_ITERATION']
CALLS = ['CALL', 'C_RETURN', 'C_RAISE']
JUMPS = ['JUMP', 'BRANCH_LEFT', 'BRANCH_RIGHT']

watch(STARTS, loops, fails)
watch(['LINE'], loops, fails)
watch(JUMPS, loops, fails)
watch(JUMPS, jumps)
watch(JUMPS + ['LINE'], jumps)
watch(STARTS, generators, counts, delegates)
watch(['LINE', 'PY_YIELD'], generators, counts, delegates)
watch(RAISES, generators, counts, delegates)
watch(RAISES, handlers, fails)
watch(CALLS, calls, double, A.__init__, A.method)
watch(['CALL', 'C_RETURN', 'C_RAISE', 'PY_START', 'PY_RETURN'], calls, double, A.__init__, A.method)
watch(STARTS + RAISES + ['LINE'] + JUMPS, asynchronous, coroutine, waits, items)
watch(['INSTRUCTION'], empty)
watch(['INSTRUCTION', 'LINE', 'PY_START', 'PY_RETURN'] + JUMPS + CALLS, jumps)
monitoring.free_tool_id(1)
