"""frame.f_lineno = n: a trace function sends its frame to another line, as far as that goes."""
import sys

out = []


def jump(first, second, event='line'):
    """Traces a function, which goes from its line `first` on at its line `second`."""
    def wrap(function):
        print(function.__name__, first, '->', second, event if event != 'line' else '')
        code = function.__code__
        done = []

        def trace(frame, kind, argument):
            if frame.f_code is code:
                line = frame.f_lineno - code.co_firstlineno
                if kind == event and line == first and not done:
                    done.append(1)
                    frame.f_lineno = code.co_firstlineno + second
                    print('  now at', frame.f_lineno - code.co_firstlineno)
                return trace

        sys.settrace(trace)
        try:
            result = function()
            if hasattr(result, 'send'):
                result = list(result)
            print('  ', result)
        except Exception as error:
            print('  ', type(error).__name__, error)
        sys.settrace(None)
        print('  ', out)
        out.clear()
        return function
    return wrap


@jump(2, 4)
def forward():
    out.append(1)
    out.append(2)
    out.append(3)
    return 1


@jump(4, 2)
def backward():
    out.append(1)
    out.append(2)
    out.append(3)
    return 1


@jump(3, 6)
def out_of_a_loop():
    for i in 1, 2:
        out.append(i)
        out.append(-i)
    out.append(5)
    return 1


@jump(2, 4)
def into_a_loop():
    out.append(1)
    for i in 1, 2:
        out.append(i)


@jump(4, 3)
def within_a_loop():
    for i in 1, 2:
        out.append(i)
        out.append(-i)
        if len(out) > 5:
            break


@jump(3, 6)
def over_an_assignment():
    a = 1
    b = 2
    c = 3
    out.append(a)
    out.append((b, c))


@jump(4, 6)
def into_an_except():
    try:
        out.append(1)
        out.append(2)
    except ValueError:
        out.append(3)


@jump(5, 7)
def out_of_an_except():
    try:
        1 / 0
    except ZeroDivisionError:
        out.append(sys.exception() is not None)
        out.append(2)
    out.append(sys.exception())


@jump(3, 6)
def out_of_a_with():
    with Context():
        out.append(1)
        out.append(2)
    out.append(3)
    out.append(4)


@jump(2, 4)
def into_a_with():
    out.append(1)
    with Context():
        out.append(2)
    out.append(3)


class Context:
    def __enter__(self): out.append('enter')
    def __exit__(self, *args): out.append('exit')


@jump(2, 4)
def into_a_with():
    out.append(1)
    with Context():
        out.append(2)
    out.append(3)


@jump(3, 5)
def out_of_a_with():
    with Context():
        out.append(1)
        out.append(2)
    out.append(3)


@jump(5, 7)
def within_a_finally():
    try:
        out.append(1)
    finally:
        out.append(2)
        out.append(3)
        out.append(4)


@jump(3, 6)
def into_a_finally():
    out.append(0)
    out.append(1)
    try:
        out.append(1)
    finally:
        out.append(2)


@jump(2, -3)
def before():
    out.append(1)


@jump(2, 30)
def behind():
    out.append(1)


@jump(1, 3, 'call')
def at_the_call():
    out.append(1)
    out.append(2)


@jump(0, 3, 'call')
def at_the_call():
    out.append(1)
    out.append(2)


@jump(3, 2, 'return')
def at_the_return():
    out.append(1)
    return 1


@jump(3, 5, 'return')
def at_a_yield():
    out.append(1)
    yield 1
    out.append(2)
    yield 2
    out.append(3)


@jump(3, 5, 'exception')
def at_an_exception():
    try:
        1 / 0
    except ZeroDivisionError:
        out.append(1)


@jump(2, 4)
def to_a_line_without_code():
    out.append(1)
    out.append(2)
    # Nothing stands here.

    out.append(3)


def not_traced():
    frame = sys._getframe()
    for line in 'a', 10**10, frame.f_lineno:
        try:
            frame.f_lineno = line
        except ValueError as error:
            print(error)


not_traced()
