# What an exception drops from the value stack goes while its frame is still there, the top first.
import sys


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        frame = sys._getframe(1)
        print("del", self.name, "in", frame.f_code.co_name, frame.f_lineno)


def dropped():
    local = Noisy("local")
    return [Noisy("first"), Noisy("second"), 1 / 0]


def handled():
    try:
        [Noisy("a"), Noisy("b"), 1 / 0]
    except ZeroDivisionError:
        print("handled")


def nested():
    for item in [Noisy("item")]:
        Noisy("receiver").missing


def generator():
    yield Noisy("yielded")
    (Noisy("in generator"), 1 / 0)


for function in (dropped, handled, nested):
    try:
        function()
    except (ZeroDivisionError, AttributeError):
        print("caught")
steps = generator()
next(steps)
try:
    next(steps)
except ZeroDivisionError:
    print("caught")


async def never():
    pass


def unawaited():
    (never(), 1 / 0)


try:
    unawaited()
except ZeroDivisionError:
    print("caught")
(Noisy("last"), 1 / 0)
