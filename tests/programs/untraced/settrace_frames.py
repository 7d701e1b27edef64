"""What a trace function answers, and f_trace, f_trace_lines, gettrace: who is called for the rest of a frame."""
import sys

seen = []


def note(name, answer=None):
    def function(frame, event, argument):
        seen.append((name, event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
        return answer
    return function


def told():
    for entry in seen:
        print('  ', *entry)
    seen.clear()


def f(x):
    y = x
    z = y
    return z


def g():
    f(1)
    return f(2)


print('no local function')
sys.settrace(note('global'))
g()
sys.settrace(None)
told()

print('another local function, which stays when it answers None')
sys.settrace(note('global', note('local')))
g()
sys.settrace(None)
told()

print('a local function that gives way to another')
sys.settrace(note('global', note('first', note('second'))))
f(1)
sys.settrace(None)
told()

print('f_trace set by hand, and taken away')


def by_hand():
    frame = sys._getframe()
    frame.f_trace = note('hand')
    x = 1
    print(frame.f_trace is not None, frame.f_trace_lines, frame.f_trace_opcodes)
    del frame.f_trace
    x = 2
    frame.f_trace = note('again')
    return x


sys.settrace(note('global'))
by_hand()
sys.settrace(None)
told()

print('a frame below that is traced from now on')


def deeper():
    sys._getframe(1).f_trace = note('caller')
    return 1


def below():
    x = deeper()
    y = x
    return y


sys.settrace(note('global'))
below()
sys.settrace(None)
told()

print('no lines')


def quiet(frame, event, argument):
    seen.append(('quiet', event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
    frame.f_trace_lines = False
    return quiet


sys.settrace(quiet)
g()
sys.settrace(None)
told()

print('inside a trace function nobody is told')


def calls(frame, event, argument):
    seen.append(('calls', event, frame.f_code.co_name, sys.gettrace() is calls))
    f(0)
    if event == 'return':
        sys.settrace(None)
    return calls


sys.settrace(calls)
g()
print(sys.gettrace())
told()

print('but through call_tracing')


def again(frame, event, argument):
    seen.append(('again', event, frame.f_code.co_name))
    if event == 'call' and frame.f_code is g.__code__:
        seen.append(sys.call_tracing(f, (5,)) and ('called',))
    return again


sys.settrace(again)
g()
sys.settrace(None)
told()

print('what does not fit')
for wrong in (lambda: sys.call_tracing(f, 1), lambda: sys.settrace(), lambda: setattr(sys._getframe(), 'f_trace_lines', 1)):
    try:
        wrong()
    except TypeError as error:
        print('  ', error)
sys.settrace(1)
try:
    f(1)
except TypeError as error:
    print('  ', error, sys.gettrace())
