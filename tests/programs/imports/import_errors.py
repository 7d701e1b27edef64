# Modules that are not there.
try:
    import no_such_module
except ImportError as error:
    print(type(error).__name__, error, error.name)
try:
    from no_such_module import anything
except ModuleNotFoundError as error:
    print(error)
try:
    import no.such.module as m
except ImportError as error:
    print(error)
import sys
print(type(sys).__name__, sys.__name__, __name__)
print(sys.version_info[:2], sys.maxsize, sys.getrecursionlimit(), sys.byteorder)
import builtins
print(builtins.len is len, builtins.__name__)
try:
    from builtins import no_such_name
except ImportError as error:
    print(str(error).split(" (")[0])
from builtins import max as biggest, min
print(biggest(1, 2), min(1, 2))
print(sys.argv[1:], isinstance(sys.modules, dict), "sys" in sys.modules)
sys.stdout.write("written\n")
print("to stderr", file=sys.stderr)
