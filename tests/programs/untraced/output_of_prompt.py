# `sys.displayhook` writes to whatever `sys.stdout` is, as `print` does.
import builtins
import sys

real = sys.stdout


class Writer:
    def write(self, text):
        real.write(f"<{text!r} while _ is {getattr(builtins, '_', 'nothing')!r}>")


class Shown:
    def __repr__(self):
        return "é \ud800"


def attempt(call, *args):
    try:
        call(*args)
    except Exception as error:
        real.write(f"{error!r}\n")


def single(text):
    exec(compile(text, "prompt", "single"))


sys.stdout = Writer()
single("[1]\n")
single("None\n")
real.write("\n")
print("two", "words")
real.write("\n")

sys.stdout = None
print("nobody reads this")
attempt(sys.displayhook, 3)
real.write(f"{builtins._!r}\n")

del sys.stdout
attempt(print, "x")
attempt(sys.displayhook, 3)
print("to a file", file=real)

sys.stdout = real
single("Shown()\n")
print(type(builtins._).__name__)
