# What `sys` tells of the one thread, and of machinery that may be switched on elsewhere.
import _thread
import sys


def add(a, b):
    return a + b


def attempt(*args):
    try:
        print(sys.call_tracing(*args))
    except TypeError as error:
        print(error)


print(sys._xoptions, sys._home, repr(sys._framework), sys._is_gil_enabled(), sys.is_stack_trampoline_active())
print(sys._clear_internal_caches())
attempt(add, (1, 2))
attempt(add, [1, 2])
attempt(add)
attempt(add, 3)
attempt(3, ())
frames = sys._current_frames()
print(type(frames).__name__, [frame is sys._getframe() for frame in frames.values()])
print(list(frames) == [_thread.get_ident()] == list(sys._current_exceptions()))
print(list(sys._current_exceptions().values()))
try:
    1 / 0
except ZeroDivisionError as error:
    print([handled is error for handled in sys._current_exceptions().values()])
