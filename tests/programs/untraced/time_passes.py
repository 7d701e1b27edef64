"""time: clocks that go on, and waiting; nothing here shows what they say."""

import time

def goes_on(clock):
    before = clock()
    after = clock()
    return type(before).__name__, before <= after


def later(clock, seconds):
    start = clock()
    time.sleep(seconds)
    return clock() - start >= seconds


def attempt(function, *args):
    try:
        function(*args)
        print(function.__name__, "done")
    except Exception as error:
        print(function.__name__, type(error).__name__, error)


for name in "time monotonic perf_counter process_time thread_time".split():
    print(name, goes_on(getattr(time, name)), goes_on(getattr(time, name + "_ns")))
print(later(time.monotonic, 0.02), later(time.perf_counter, 0), time.time() > 1_700_000_000)


class Index:
    def __index__(self):
        print("index")
        return 0


for length in (0, 0.001, True, Index(), -1, -0.5, "a", None, float("nan"), float("inf"), 1e30, 2**70):
    attempt(time.sleep, length)
attempt(time.sleep)
attempt(time.time, 1)
print(time.time.__module__, time)
