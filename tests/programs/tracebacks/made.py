# Tracebacks that a program makes itself.
import sys


def frame():
    return sys._getframe()


def attempt(function, *args, **keywords):
    try:
        print(function(*args, **keywords))
    except Exception as error:
        print(type(error).__name__, error)


Traceback = None
try:
    1 / 0
except ZeroDivisionError as error:
    Traceback = type(error.__traceback__)
    kept = error.__traceback__
here = frame()
tb = Traceback(None, here, 2, 5)
print(tb.tb_next, tb.tb_frame is here, tb.tb_lasti, tb.tb_lineno)
tb = Traceback(tb_next=kept, tb_frame=here, tb_lasti=-1, tb_lineno=-1)
print(tb.tb_next is kept, tb.tb_lasti, tb.tb_lineno)
tb = Traceback(None, here, 6, -1)
print(tb.tb_lasti, tb.tb_lineno)
attempt(Traceback)
attempt(Traceback, None, here, 1)
attempt(Traceback, 1, here, 1, 1)
attempt(Traceback, None, 1, 1, 1)
attempt(Traceback, None, here, "x", 1)
attempt(Traceback, None, here, 1, 2.5)
attempt(Traceback, None, here, 1 << 40, 1)
attempt(Traceback, None, here, 1, 1, 1)
first, second = Traceback(None, here, 0, 1), Traceback(None, here, 0, 2)
first.tb_next = second
print(first.tb_next is second)
attempt(setattr, second, "tb_next", first)
attempt(setattr, first, "tb_next", first)
attempt(setattr, first, "tb_next", 5)
attempt(delattr, first, "tb_next")
attempt(setattr, first, "tb_lineno", 3)
attempt(setattr, first, "tb_frame", None)
attempt(setattr, first, "tb_lasti", 3)
first.tb_next = None
print(first.tb_next, dir(first))
print(Traceback.__name__, Traceback.__module__)
sys.excepthook(ValueError, ValueError("made").with_traceback(Traceback(None, here, 4, 6)), None)
error = ValueError("raised").with_traceback(Traceback(Traceback(None, here, 4, 6), here, 2, 17))
raise error
