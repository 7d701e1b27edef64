# What `breakpoint()` calls is named by a variable of the environment.
import posix
import sys


def stop(name, *args, **keywords):
    posix.putenv("PYTHONBREAKPOINT", name)
    try:
        print(name, breakpoint(*args, **keywords))
    except Exception as error:
        print(name, type(error).__name__, error)


stop("0", 1)
stop("print", 1, 2, sep="-")
stop("builtins.len", "four")
stop("sys.intern", 5)
stop("nothing.at_all")
stop("sys.nothing")
stop("nothing")
stop("builtins.len")
sys.breakpointhook = lambda: "own"
stop("print")
