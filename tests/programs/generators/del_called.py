"""`__del__()` of generators and coroutines, called by its name."""

import sys


def show(thunk):
    try:
        print(repr(thunk()))
    except Exception as error:
        print(type(error).__name__ + ":", error)


def ignored(report):
    print("ignored:", repr(report.exc_value), report.err_msg.partition(" at 0x")[0])


sys.unraisablehook = ignored


def simple():
    yield 1


def finally_prints():
    try:
        yield 1
    finally:
        print("finally")


def finally_fails():
    try:
        yield 1
    finally:
        raise ValueError("in the finally")


def ignores():
    try:
        yield 1
    except GeneratorExit:
        yield 2


def calls_itself():
    try:
        yield 1
    finally:
        one.__del__()


for make in simple, finally_prints, finally_fails, ignores, calls_itself:
    one = make()
    next(one)
    show(lambda: one.__del__())
    show(lambda: one.__del__())
    show(lambda: one.__del__(1))
    show(lambda: one.gi_frame is None)
    show(lambda: next(one))
one = simple()
show(lambda: one.__del__())
show(lambda: next(one))


async def asynchronous():
    yield 1


one = asynchronous()
show(lambda: one.__del__())
for step in one.asend(None), one.athrow(ValueError), one.aclose():
    show(lambda: step.__del__())
    step.close()
for kind in type(simple()), type(asynchronous()):
    print(kind[int], kind[int, str])
    show(lambda: kind.__class_getitem__())
