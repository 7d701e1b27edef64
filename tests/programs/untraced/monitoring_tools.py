"""sys.monitoring: several tools, local events, DISABLE, restart_events, callbacks that raise, and what is refused."""
import sys

monitoring = sys.monitoring
E = monitoring.events
told = []


def note(name, answer=None):
    def callback(code, *rest):
        if code.co_name in ('f', 'g', 'branches', 'handles'):
            told.append((name, code.co_name, *[x for x in rest if isinstance(x, (int, str))]))
        return answer
    return callback


def show(title):
    print(title)
    for entry in told:
        print('  ', *entry)
    told.clear()


def f(n):
    total = 0
    for i in range(n):
        total += i
    return total


def g():
    return f(1)


for tool in 0, 2, 5:
    monitoring.use_tool_id(tool, f'tool {tool}')
print(monitoring.get_tool(2), monitoring.get_tool(1))
for tool in 0, 2, 5:
    print(monitoring.register_callback(tool, E.PY_START, note(f'start {tool}')))
    monitoring.set_events(tool, E.PY_START)
g()
show('three tools')
sys.settrace(lambda *args: told.append(('traced', args[1])))
sys.setprofile(lambda *args: told.append(('profiled', args[1])))
g()
sys.settrace(None)
sys.setprofile(None)
show('with both functions of sys')
print(monitoring._all_events())
for tool in 0, 5:
    monitoring.free_tool_id(tool)
print(monitoring._all_events(), monitoring.get_events(2))
monitoring.set_events(2, 0)

monitoring.set_local_events(2, f.__code__, E.LINE)
monitoring.register_callback(2, E.LINE, note('line'))
g()
show('lines of f only')
print(monitoring.get_local_events(2, f.__code__), monitoring.get_local_events(2, g.__code__))
monitoring.set_local_events(2, f.__code__, 0)

monitoring.register_callback(2, E.LINE, note('line', monitoring.DISABLE))
monitoring.set_events(2, E.LINE)
f(2)
f(2)
g()
monitoring.set_events(2, 0)
show('each line once')
monitoring.set_events(2, E.LINE)
f(1)
monitoring.restart_events()
f(1)
monitoring.set_events(2, 0)
show('and once more')

monitoring.register_callback(2, E.BRANCH_LEFT, note('left', monitoring.DISABLE))
monitoring.register_callback(2, E.BRANCH_RIGHT, note('right'))
monitoring.set_events(2, E.BRANCH)
f(2)
f(1)
monitoring.set_events(2, 0)
show('one way of a branch')


def branches(x):
    if x:
        return 1
    return 2


old = monitoring.register_callback(2, E.BRANCH, note('both', monitoring.DISABLE))
print(type(old).__name__)
monitoring.restart_events()
monitoring.set_events(2, E.BRANCH)
for x in 0, 1, 0:
    branches(x)
monitoring.set_events(2, 0)
show('both ways')
monitoring.register_callback(2, E.BRANCH, None)


def undone(event, function):
    monitoring.register_callback(2, event, lambda *args: monitoring.DISABLE)
    monitoring.set_events(2, event)
    try:
        function()
    except Exception as error:
        print(type(error).__name__, error)
    monitoring.set_events(2, 0)
    print(monitoring.register_callback(2, event, None))


undone(E.RAISE, lambda: 1 / 0)
undone(E.PY_UNWIND, lambda: 1 / 0)


def test(event, function, *more):
    def raising(code, *args):
        if code is function.__code__:
            raise ValueError('told')

    monitoring.register_callback(2, event, raising)
    for other in more:
        monitoring.register_callback(2, other, note(other.bit_length()))
    monitoring.set_events(2, event | sum(more))
    try:
        function()
    except Exception as error:
        monitoring.set_events(2, 0)
        trail, entry = [], error.__traceback__
        while entry:
            trail.append((entry.tb_frame.f_code.co_name, entry.tb_lineno))
            entry = entry.tb_next
        print(error, trail, repr(error.__context__))
    monitoring.set_events(2, 0)
    monitoring.register_callback(2, event, None)
    show('raised')


def handles():
    try:
        1 / 0
    except ZeroDivisionError:
        pass
    except ValueError as error:
        return 'value'


test(E.PY_START, handles)
test(E.LINE, handles, E.RAISE)
test(E.RAISE, handles, E.PY_UNWIND)
test(E.EXCEPTION_HANDLED, handles)
test(E.PY_UNWIND, lambda: 1 / 0)

print('what is refused')
code = f.__code__
for call in (
    lambda: monitoring.use_tool_id(6, 'x'),
    lambda: monitoring.use_tool_id(-1, 'x'),
    lambda: monitoring.use_tool_id(3, 3),
    lambda: monitoring.use_tool_id('a', 'b'),
    lambda: monitoring.use_tool_id(1 << 40, 'b'),
    lambda: monitoring.use_tool_id(2, 'again'),
    lambda: monitoring.get_tool(7),
    lambda: monitoring.set_events(3, 1),
    lambda: monitoring.set_events(2, 1 << 19),
    lambda: monitoring.set_events(2, -1),
    lambda: monitoring.set_events(2, E.C_RETURN),
    lambda: monitoring.register_callback(2, 3, None),
    lambda: monitoring.register_callback(2, 1 << 19, None),
    lambda: monitoring.register_callback(2, 0, None),
    lambda: monitoring.set_local_events(2, 3, 1),
    lambda: monitoring.get_local_events(2, 3),
    lambda: monitoring.set_local_events(7, code, 1),
    lambda: monitoring.set_local_events(2, code, E.RAISE),
    lambda: monitoring.set_local_events(3, code, 1),
    lambda: monitoring.set_local_events(2, code, E.C_RAISE),
    lambda: monitoring.clear_tool_id(9),
    lambda: monitoring.set_events(2, E.BRANCH | E.CALL | E.C_RETURN | E.C_RAISE),
    lambda: monitoring.get_events(2),
    lambda: monitoring.free_tool_id(2),
    lambda: monitoring.get_events(2),
):
    try:
        print('  ', call())
    except Exception as error:
        print('  ', type(error).__name__, error)
print(monitoring, sorted(vars(monitoring)))
print(monitoring.events)
