"""A trace or profile function that raises: what becomes of that, and of the frame it was told of."""
import sys


def show(error, left):
    trail, entry = [], error.__traceback__
    while entry:
        trail.append((entry.tb_frame.f_code.co_name, entry.tb_lineno, entry.tb_lasti))
        entry = entry.tb_next
    print('  ', error, trail, repr(error.__context__), left)


def simple():
    x = 1
    return x


def handles():
    try:
        1 / 0
    except ZeroDivisionError:
        x = 5
    return x


def fails():
    {}[1]


def yields():
    yield 1
    yield 2


def goes():
    for x in yields():
        pass


def holds():
    try:
        x = 1
    except ValueError as error:
        return 'caught', str(error)
    finally:
        y = 2


def test(function, wanted, line=None):
    def trace(frame, event, argument):
        if event == wanted and frame.f_code is function.__code__:
            if line is None or frame.f_lineno - frame.f_code.co_firstlineno == line:
                raise ValueError(wanted)
        return trace

    print(function.__name__, wanted, line)
    sys.settrace(trace)
    try:
        print(function())
    except ValueError as error:
        left = sys.gettrace()
        sys.settrace(None)
        show(error, left)
    sys.settrace(None)


for function in simple, handles, fails, goes:
    for event in 'call', 'line', 'exception', 'return':
        try:
            test(function, event)
        except KeyError:
            print('KeyError')
test(holds, 'line', 2)
test(holds, 'line', 6)


def profiled(wanted):
    def profile(frame, event, argument):
        if event == wanted:
            raise ValueError(wanted)

    def body():
        sys.setprofile(profile)
        simple()
        len('a')
        try:
            len()
        except TypeError:
            pass
        sys.setprofile(None)

    print(wanted)
    try:
        body()
    except ValueError as error:
        left = sys.getprofile()
        sys.setprofile(None)
        show(error, left)
    sys.setprofile(None)


for event in 'call', 'return', 'c_call', 'c_return', 'c_exception':
    profiled(event)
