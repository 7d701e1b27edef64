# What a program can put in the place of the interpreter's own ways.
import sys


def attempt(function, *args):
    try:
        print(repr(function(*args)))
    except Exception as error:
        print(type(error).__name__, error)


print(sys.displayhook is sys.__displayhook__, sys.excepthook is sys.__excepthook__)
attempt(sys.displayhook, 5)
attempt(sys.displayhook, None)
attempt(sys.displayhook)
sys.displayhook = lambda value: print("shown", value)
exec(compile("5; None; 'x'", "f", "single"))
del sys.displayhook
attempt(exec, compile("5", "f", "single"))
sys.displayhook = sys.__displayhook__
exec(compile("[1]; None; 'x'", "f", "single"))
import builtins
print(builtins._)

attempt(sys.excepthook, 1, 2, 3)
attempt(sys.excepthook)
sys.breakpointhook = lambda *args, **keywords: print("stopped", args, keywords)
breakpoint(1, x=2)
breakpoint()
del sys.breakpointhook
attempt(breakpoint)
sys.breakpointhook = sys.__breakpointhook__
print(type(sys.flags).__name__, len(sys.flags), sys.flags.optimize, sys.flags.dev_mode, sys.flags[0])
print(sys.implementation.name, sys.implementation.cache_tag, sys.implementation.version is sys.version_info)
print(sys.thread_info.name, type(sys.stdlib_module_names).__name__, "os" in sys.stdlib_module_names)
print(sys.getswitchinterval(), sys.get_int_max_str_digits(), sys.getfilesystemencodeerrors())
print(sys.gettrace(), sys.getprofile(), sys._getframemodulename(), sys.audit("x"), sys.settrace(None))
attempt(sys.set_int_max_str_digits, 5)
print(sys.modules["__main__"].__dict__ is globals(), sys.modules.get("nothing"), "sys" in sys.modules)
namespace = type(sys.implementation)
print(namespace(a=1, b="two"), namespace(a=1) == namespace(a=1), namespace() == namespace(c=1))


def hook(kind, error, traceback):
    print("not caught:", kind.__name__, error, traceback is error.__traceback__)


sys.excepthook = hook
raise ValueError("at the end")
