# What sys tells of the interpreter, of exceptions and of frames.
import builtins
import sys
from sys import maxsize as largest, stdout

print(largest == sys.maxsize == 2**63 - 1, sys.byteorder, sys.maxunicode, sys.getdefaultencoding())
print(sys.version_info[:2], sys.version_info.major, sys.version_info >= (3, 14), sys.version_info.releaselevel)
print(sys.float_info.max, sys.float_info.epsilon, sys.int_info, sys.hash_info.modulus, sys.hexversion >> 16)
print(len(sys.argv), type(sys.argv), __name__, __builtins__ is builtins)
print(sys.modules["sys"] is sys, sys.modules["__main__"].__name__, "nothing" in sys.modules)
print(sys, builtins, sys.stdout, sys.stderr.errors, stdout is sys.stdout)
print(sys.exc_info(), sys.exception())
try:
    1 / 0
except ZeroDivisionError as error:
    print(sys.exc_info()[0], sys.exc_info()[1] is error, sys.exception() is error)
    print(sys.exc_info()[2] is error.__traceback__)
print(sys.exception())


def where():
    frame = sys._getframe()
    caller = sys._getframe(1)
    return frame.f_code.co_name, frame.f_back is caller, caller.f_lineno


print(where())
try:
    sys._getframe(100)
except ValueError as error:
    print(error)
for code in ((), (0,), (7,), ("text",), (None,), ((1, 2),), (True,)):
    try:
        sys.exit(*code)
    except SystemExit as error:
        print(repr(error), error.code)
print(sys.getrecursionlimit())
for limit in (0, -1, "a"):
    try:
        sys.setrecursionlimit(limit)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
word = "".join(["inter", "ned"])
print(sys.intern(word) is sys.intern("interned"))
print(sys.stdout.write("written\n"), sys.stdout.flush(), sys.stdout.fileno(), sys.stdout.writable())
print("to the error stream", file=sys.stderr)


class Capture:
    def __init__(self):
        self.pieces = []

    def write(self, text):
        self.pieces.append(text)

    def flush(self):
        self.pieces.append("flush")


capture = sys.stdout = Capture()
print("caught", 1, sep="-", flush=True)
sys.stdout = sys.__stdout__
print(capture.pieces)
print(sys.getsizeof(0), sys.getsizeof(2**100), sys.getsizeof("abc"), sys.getsizeof("é"), sys.getsizeof(()), sys.getsizeof(1.5))
