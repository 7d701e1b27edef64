# What becomes of exceptions that nobody can catch: sys.unraisablehook.
import sys, _io, _weakref as weakref
errors = sys.stderr = _io.StringIO()
def hook(args):
    print("hook", type(args), args.exc_type, repr(args.exc_value), args.exc_traceback is not None, repr(args.err_msg)[:60], repr(args.object)[:40])
    print(len(args), args[0] is args.exc_type, isinstance(args, tuple))
print(sys.unraisablehook is sys.__unraisablehook__)
class A:
    def __del__(self): raise ValueError("x")
def gen():
    try: yield
    finally: raise KeyError(1)
def bad(r): raise IndexError
def all_():
    A()
    g = gen(); next(g); del g
    a = A.__new__(type("B", (), {})); w = weakref.ref(a, bad); del a
all_()
sys.unraisablehook = hook
all_()
kept = []
sys.unraisablehook = kept.append
A()
args = kept[0]
print(args.err_msg.partition(" <function")[0], args.object)
sys.__unraisablehook__(args)
U = type(args)
print(U, U.__name__, U.__module__)
for parts in [(ValueError, ValueError("v"), None, None, None), (ValueError, ValueError("v"), None, "msg", None), (ValueError, ValueError("v"), None, "msg", 5), (ValueError, ValueError("v"), None, None, [1]), (ValueError, None, None, None, None), (KeyError, KeyError("k"), args.exc_traceback, None, None)]:
    try: sys.__unraisablehook__(U(parts))
    except Exception as e: print(type(e), e)
for wrong in [1, (), (1,2,3,4,5)]:
    try: sys.unraisablehook.__class__; sys.__unraisablehook__(wrong)
    except Exception as e: print(type(e), e)
try: U(())
except TypeError as e: print(e)
def bad_hook(args): raise RuntimeError("in hook")
sys.unraisablehook = bad_hook
A()
del sys.unraisablehook
A()
sys.unraisablehook = None
A()
sys.unraisablehook = sys.__unraisablehook__
kept.clear(); del args
class Err(Exception):
    def __str__(self): 1/0
class B:
    def __del__(self): raise Err
B()
try: sys.excepthook(ValueError, ValueError("shown"), None)
except Exception as e: print(e)
sys.stderr = _io.StringIO()
A()
sys.excepthook(ValueError, ValueError("shown"), None)
later, sys.stderr = sys.stderr, sys.__stderr__
# What was said, without addresses.
for said in errors, later:
    print("".join(map(str.lstrip, said.getvalue().split(" at 0x"), ["0123456789abcdef"] * 99)))
