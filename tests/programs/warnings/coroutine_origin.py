# The warning about a coroutine that nobody awaits tells where it was made, if that is tracked.
import sys


async def waits():
    pass


def make():
    return waits()


def outer(): return make()


sys.set_coroutine_origin_tracking_depth(2)
made = outer()
del made
sys.set_coroutine_origin_tracking_depth(0)
made = outer()
del made
last = outer()
