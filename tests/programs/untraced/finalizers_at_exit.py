# What is left at the end goes after the traceback, and names it needs are still there.
class Thing:
    count = 0

    def __init__(self, name):
        self.name = name

    def __del__(self):
        Thing.count += 1
        print("gone at exit:", self.name, Thing.count, helper())


def helper():
    return "helped"


def waiting():
    try:
        yield
    finally:
        print("generator closed at exit")


def failing():
    local = Thing("in the frame of the error")
    raise RuntimeError("the end")


first = Thing("first")
_second = Thing("second")
several = [Thing("in a list"), Thing("in a list, too")]
by_name = {"a": Thing("in a dict")}
generator = waiting()
next(generator)
cycle = Thing("cycle")
cycle.cycle = cycle
last = Thing("last")
print("the program ends")
failing()
