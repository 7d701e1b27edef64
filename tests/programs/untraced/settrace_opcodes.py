"""frame.f_trace_opcodes: the trace function is called before each instruction, too."""
import sys

told = []


def trace(frame, event, argument):
    code = frame.f_code
    line = frame.f_lineno and frame.f_lineno - code.co_firstlineno
    told.append((event, code.co_name, line, frame.f_lasti))
    frame.f_trace_opcodes = code.co_name != 'quiet'
    return trace


def show():
    for entry in told:
        print('  ', *entry)
    told.clear()


def f(x):
    for i in range(x):
        i += 1
    try:
        quiet(1 / 0)
    except ZeroDivisionError:
        return [i, x]


def quiet(x=1):
    return x


def counts():
    yield quiet()
    yield 2


sys.settrace(trace)
f(2)
sys.settrace(None)
show()

print('generator')
sys.settrace(trace)
list(counts())
sys.settrace(None)
show()

print('only instructions, and only now')


def only(frame, event, argument):
    told.append((event, frame.f_code.co_name, frame.f_lasti))
    return only


def switch():
    x = 1
    frame = sys._getframe()
    frame.f_trace_lines = False
    frame.f_trace_opcodes = True
    x = 2
    frame.f_trace_opcodes = False
    return x


sys.settrace(only)
switch()
switch()
sys.settrace(None)
show()
