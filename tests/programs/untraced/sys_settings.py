# What a program may set in `sys`: the digits of ints, the switch interval, the origin of coroutines.
import sys


class Index:
    def __index__(self):
        return 700


def attempt(function, *args):
    try:
        print(function.__name__, args, function(*args))
    except (ValueError, TypeError, OverflowError, SyntaxError) as error:
        print(function.__name__, len(repr(args)), type(error).__name__, error)


attempt(lambda: sys.set_int_max_str_digits(Index()))
print(sys.get_int_max_str_digits(), sys.flags.int_max_str_digits)
attempt(int, "1" * 701)
attempt(int, b"1" * 701)
attempt(str, 10**700)
attempt(format, 10**700, "d")
attempt("%d".__mod__, 10**700)
attempt(eval, "1" * 701)
attempt(exec, "x =\\\n  " + "1" * 701)
for wrong in (-1, 1, 639, 2**40, "x", 1.5):
    attempt(sys.set_int_max_str_digits, wrong)
sys.set_int_max_str_digits(0)
print(len(str(10**5000)), int("7" * 6000) % 1000, len("%d" % 10**6000), len(f"{10**6000:d}"), len(repr([10**5000])))
print(eval("1" * 5000) % 1000)

for interval in (0.001, 5, Index(), 1e-7, -1, 0, "a"):
    attempt(sys.setswitchinterval, interval)
    print(sys.getswitchinterval())


async def waits():
    pass


def make():
    return waits()


def outer(): return make()


for depth in (0, 1, 2, 10, Index()):
    sys.set_coroutine_origin_tracking_depth(depth)
    made = outer()
    where = made.cr_origin
    print(depth if type(depth) is int else "index", where and [(line, name) for _, line, name in where])
    made.close()
for wrong in (-1, "a", None, 2**70):
    attempt(sys.set_coroutine_origin_tracking_depth, wrong)
print(sys.get_coroutine_origin_tracking_depth())
attempt(sys.setrecursionlimit, 0)
sys.setrecursionlimit(Index())
print(sys.getrecursionlimit())
