"""Frames: who lets go of their variables, whose they are, and what a tracer would keep in them."""

import sys


def show(thunk):
    try:
        print(repr(thunk()))
    except Exception as error:
        print(type(error).__name__ + ":", error)


class Said:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


def ended():
    one = [1]
    two = 2

    def inner():
        return one

    return sys._getframe()


frame = ended()
print(frame.f_trace_lines, frame.f_trace_opcodes, frame.f_generator, frame.f_trace)
for name in "f_trace_lines", "f_trace_opcodes":
    show(lambda: setattr(frame, name, 1))
    show(lambda: setattr(frame, name, False))
    print(getattr(frame, name))
    show(lambda: delattr(frame, name))
show(lambda: setattr(frame, "f_trace", 5))
print(frame.f_trace)
show(lambda: delattr(frame, "f_trace"))
print(frame.f_trace)
show(lambda: setattr(frame, "f_lineno", 3))
show(lambda: delattr(frame, "f_lineno"))
for name in "f_generator", "f_back", "f_locals":
    show(lambda: setattr(frame, name, 3))
print(list(frame.f_locals))
show(lambda: frame.clear())
print(dict(frame.f_locals))
show(lambda: frame.clear())
show(lambda: frame.clear(1))


def holds():
    said = Said("a local")
    return sys._getframe()


frame = holds()
print("before")
frame.clear()
print("after", frame.f_locals, frame.f_lineno, frame.f_lasti)


def generator():
    said = Said("in a generator")
    try:
        yield 1
    finally:
        print("finally")


one = generator()
next(one)
frame = one.gi_frame
print(frame.f_generator is one, frame.f_back)
show(lambda: frame.clear())
print(list(frame.f_locals))
show(lambda: one.close())
print(frame.f_generator, list(frame.f_locals))
show(lambda: next(one))
one = generator()
frame = one.gi_frame
show(lambda: frame.clear())
print(one.gi_frame)
show(lambda: next(one))


def plain():
    said = Said("in a plain generator")
    yield 1


one = plain()
next(one)
frame = one.gi_frame
del one
print("the generator has gone", list(frame.f_locals), frame.f_generator)
del frame


def running():
    show(lambda: sys._getframe().clear())
    frame = sys._getframe()

    def inner():
        show(lambda: frame.clear())

    inner()


running()


def clears_itself():
    show(lambda: one.gi_frame.clear())
    yield


one = clears_itself()
next(one)
one.close()


async def coroutine():
    print(sys._getframe().f_generator is two)


two = coroutine()
print(two.cr_frame.f_generator is two)
try:
    two.send(None)
except StopIteration:
    print("returned")


async def asynchronous():
    yield 1


print(asynchronous().ag_frame.f_generator)


def fails():
    said = Said("beside an error")
    1 / 0


try:
    fails()
except ZeroDivisionError as error:
    trace = error.__traceback__
show(lambda: trace.tb_frame.clear())
show(lambda: trace.tb_next.tb_frame.clear())
print(trace.tb_next.tb_frame.f_locals, trace.tb_next.tb_lineno)
