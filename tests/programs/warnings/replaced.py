# There is one state of warnings: what a module `warnings` has goes for the interpreter's own warnings, too.
import sys
import _warnings


def attempt(function):
    try:
        print(function())
    except BaseException as error:
        print(type(error).__name__, error)


def inverted(value=True):
    return ~value


print(inverted())
_warnings.filters.insert(0, ("always", None, DeprecationWarning, None, 0))
for i in range(2):
    print(inverted())
_warnings.filters[0] = ("error", None, DeprecationWarning, None, 0)
attempt(inverted)
attempt(lambda: compile("1 is 1", "<source>", "eval").co_consts)

module = type(sys)("warnings")
sys.modules["warnings"] = module
module.filters = [("always", None, Warning, None, 0)]
print(inverted())


def show(message):
    print("shown:", message)


module._showwarnmsg = show
attempt(inverted)


class WarningMessage:
    def __init__(self, message, category, filename, lineno, file, line, source="nothing"):
        self.parts = [str(message)[:9], category.__name__, lineno, file, line, source]

    def __repr__(self):
        return f"WarningMessage({self.parts})"


module.WarningMessage = WarningMessage
attempt(inverted)
_warnings.warn("by the program", source=[1, 2])
_warnings.warn("by the program")
_warnings.warn_explicit("explicit", UserWarning, "f.py", 1)
attempt(lambda: compile("1 is 1", "<source>", "eval").co_consts)
exec("assert (1, 'a')\nlambda: 'abc'[1.0]\n")
module.filters = [("error", None, SyntaxWarning, None, 0)]
for source in ["x = 1\nx is 0\n", "assert (1, 'a')", "def f():\n try: pass\n finally:\n  return 5\n", "'abc'()", "[1, 2]['a']"]:
    try:
        exec(source)
    except SyntaxError as error:
        print(error.args, error.lineno, error.offset, error.text, error.end_lineno, error.end_offset)
    try:
        compile(source, "<source>", "eval")
    except SyntaxError as error:
        print(error.msg)
module.filters = ()
attempt(inverted)
module.filters = []
module.defaultaction = 5
attempt(inverted)
module.defaultaction = "once"
module.onceregistry = {}
for i in range(2):
    attempt(inverted)
print(len(module.onceregistry), _warnings._onceregistry)
module.onceregistry = []
module.defaultaction = "once"
attempt(lambda: _warnings.warn_explicit("m", UserWarning, "f.py", 1))
del module.onceregistry
attempt(lambda: _warnings.warn_explicit("m", UserWarning, "f.py", 1))
print(_warnings._onceregistry)
module.defaultaction = "always"
module._showwarnmsg = 5
attempt(inverted)


def failing(message):
    raise ValueError("cannot show it")


module._showwarnmsg = failing
attempt(inverted)
del module._showwarnmsg
attempt(inverted)


async def never():
    pass


def unawaited(coroutine):
    print("never awaited:", coroutine.__name__)


def refuses(coroutine):
    raise ValueError("no")


def hook(unraisable):
    print(unraisable.err_msg[:45], unraisable.exc_value)


module._warn_unawaited_coroutine = unawaited
never()
module._warn_unawaited_coroutine = refuses
sys.unraisablehook = hook
never()
sys.modules["warnings"] = None
print(inverted())
del sys.modules["warnings"]
print(inverted())
