# A program's own handlers of the signals that it raises itself.
import _signal


def attempt(function, *args):
    try:
        print(function.__name__, args, function(*args))
    except BaseException as error:
        print(function.__name__, args, type(error).__name__, error)


class Handler:
    def __init__(self, name):
        self.name = name

    def __call__(self, number, frame):
        print(self.name, number, frame.f_code.co_name, frame.f_lineno)
        return "dropped"

    def __repr__(self):
        return f"Handler({self.name!r})"


def failing(number, frame):
    raise ValueError(number)


def raising():
    attempt(_signal.raise_signal, _signal.SIGINT)


print(_signal.getsignal(_signal.SIGINT))
raising()
handler = Handler("one")
attempt(_signal.signal, _signal.SIGUSR1, handler)
attempt(_signal.raise_signal, _signal.SIGUSR1)
print(_signal.getsignal(_signal.SIGUSR1) is handler)
attempt(_signal.signal, _signal.SIGUSR1, Handler("two"))
del handler
attempt(_signal.raise_signal, _signal.SIGUSR1)
attempt(_signal.signal, _signal.SIGUSR1, _signal.SIG_IGN)
attempt(_signal.raise_signal, _signal.SIGUSR1)
print(_signal.signal(_signal.SIGINT, failing))
raising()

for number, handler in (0, failing), (65, failing), (9, failing), (33, failing), (2, 5), (2, None), (10, True), ("2", 0):
    attempt(lambda number, handler: _signal.signal(number, handler), number, handler if handler is not failing else 1)
for number in 0, 65, 33, 64, "2", 2**40:
    attempt(_signal.getsignal, number)
for number in 0, 65, _signal.SIGCHLD, "2":
    attempt(_signal.raise_signal, number)
print(_signal.valid_signals())
attempt(_signal.siginterrupt, 10, False)
attempt(_signal.siginterrupt, 0, False)
