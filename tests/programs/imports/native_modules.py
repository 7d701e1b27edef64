"""Modules that are part of the interpreter: their names, their specs, their functions."""

import sys
import posix
import _io

for module in (sys, posix, _io):
    print(module, module.__name__, repr(module.__package__), module.__loader__ is module.__spec__.loader)
    print(module.__spec__, module.__name__ in sys.builtin_module_names, "__doc__" in vars(module))
    print([name for name in list(vars(module))[:5]])

print(posix.getcwd, posix.getcwd.__module__, posix.getcwd.__self__ is posix, posix.getcwd.__qualname__)
print(sys.intern, sys.intern.__module__, sys.intern.__self__ is sys)
print(open, open.__module__, open.__self__ is _io, open is _io.open)
print(len.__module__, len.__self__)
print(posix.stat_result.__mro__[-1], sys.modules["posix"] is posix)


def again():
    from posix import getcwd, stat as status
    import posix as p

    return getcwd is posix.getcwd, status is p.stat, p is posix


print(again())
del sys.modules["posix"]
import posix as second

print(second is posix, second, sys.modules["posix"] is second)
print("io" in sys.builtin_module_names, "__future__" in sys.builtin_module_names)
print(list(sys.builtin_module_names) == sorted(sys.builtin_module_names))
try:
    from posix import no_such_call
except ImportError as error:
    print(error, error.name, error.path)
try:
    posix.no_such_call
except AttributeError as error:
    print(error)
