# `_warnings`: what becomes of a warning that a program gives, and in which order its filters are asked.
import _warnings
import sys


class Asked:
    def __init__(self, name, answer):
        self.name = name
        self.answer = answer

    def match(self, text):
        print("match", self.name, repr(text))
        return self.answer


class Yes:
    def __bool__(self):
        print("bool")
        return True


class Meta(type):
    def __subclasscheck__(self, derived):
        print("subclasscheck", derived.__name__)
        return True


class Anything(metaclass=Meta):
    pass


class Index:
    def __index__(self):
        print("index")
        return 0

    def __repr__(self):
        return "Index()"


class Own(UserWarning):
    def __init__(self, *args):
        print("init", args)
        super().__init__(*args)

    def __str__(self):
        print("str")
        return "text of its own"


class Object:
    def __str__(self):
        return "an object"


def attempt(function, *args, **keywords):
    try:
        print(function(*args, **keywords))
    except BaseException as error:
        print(type(error).__name__, error)


print([name for name in dir(_warnings) if not name.startswith("__")])
filters = _warnings.filters
print(filters, _warnings._defaultaction, _warnings._onceregistry)
first = filters[0]
filters[:] = [("ignore", Asked("text", False), OSError, Asked("module", True), 5)]
_warnings.warn("a1", Own)
filters[:] = [("ignore", Asked("text", True), Anything, Asked("module", Yes()), 0)]
_warnings.warn("a2", Own)
filters[:] = [("ignore", Asked("text", False), Anything, Asked("module", 0), 0)]
_warnings.warn("a2b", RuntimeWarning)
filters[:] = [("ignore", None, (OSError, Own), None, 0)]
_warnings.warn(Own("a3"))
for bad in [
    ("x",),
    [1],
    (1, None, Warning, None, 0),
    ("ignore", None, 5, None, 0),
    ("ignore", None, Warning, None, "a"),
    ("ignore", None, Warning, None, Index()),
    ("ignore", None, Warning, None, 2**80),
    ("ignore", None, Warning, None, None),
    ("ignore", 5, Warning, None, 0),
    ("bogus", None, Warning, None, 0),
    ("ignore", None, Warning, None, True),
]:
    filters[:] = [first, bad]
    print(bad)
    attempt(_warnings.warn, "a4", RuntimeWarning)

filters[:] = [("once", None, UserWarning, None, 0), ("module", None, Warning, None, 0)]


def twice():
    for i in range(2):
        _warnings.warn("once")
        _warnings.warn("for the module", FutureWarning)


twice()
_warnings.warn("once")
_warnings.warn("for the module", FutureWarning)
for i in range(2):
    _warnings.warn_explicit("without a registry", UserWarning, "other.py", 3)
    _warnings.warn_explicit("without a registry", FutureWarning, "other.py", 3)
print(_warnings._onceregistry)
filters[:] = [("all", None, UserWarning, None, 0), ("always", None, FutureWarning, "elsewhere", 0)]
for i in range(2):
    _warnings.warn("all")
    _warnings.warn_explicit("always", FutureWarning, "other.py", 3, "elsewhere", {})


class Context:
    pass


filters[:] = []
context = Context()
_warnings._warnings_context.set(context)
attempt(_warnings.warn, "b1")
context._filters = 5
attempt(_warnings.warn, "b1")
context._filters = [("error", None, Warning, None, 0)]
attempt(_warnings.warn, "b1")
attempt(lambda: ~True)
context._filters = [5]
attempt(_warnings.warn, "b1")
context._filters = []
filters[:] = [("error", None, Warning, None, 0)]
attempt(_warnings.warn, "b2")
context._filters = [("bogus", None, Warning, None, 0)]
attempt(_warnings.warn, "b3")
_warnings._warnings_context.set(None)
attempt(_warnings.warn, "b4")
filters[:] = []

thing = Object()
for i in range(2):
    _warnings.warn(thing)
_warnings.warn("deep", stacklevel=50)
print(sys.__warningregistry__)


def negative():
    _warnings.warn("negative", stacklevel=-5)


def caller(level):
    callee(level)


def callee(level):
    _warnings.warn(f"level {level}", stacklevel=level)


negative()
for level in range(5):
    caller(level)
_warnings.warn("skipped", skip_file_prefixes=(__file__,))
_warnings.warn_explicit("own line", UserWarning, __file__, 3)
_warnings.warn_explicit("no file", UserWarning, "", 1)
_warnings.warn_explicit("nowhere", UserWarning, "nix.PY", -1)
_warnings.warn_explicit("no module", UserWarning, "nix.py", 1, None)
for args in [
    (),
    ("x", 1),
    ("x", int),
    ("x", UserWarning, "a"),
    ("x", None, 1, None, ("a",)),
]:
    attempt(_warnings.warn, *args)
for keywords in [
    {"skip_file_prefixes": 1},
    {"skip_file_prefixes": (1,)},
    {"skip_file_prefixes": ["a"]},
    {"foo": 1},
    {"stacklevel": 2**70},
]:
    attempt(_warnings.warn, "q", **keywords)
for args in [
    (),
    ("m", UserWarning, "f"),
    ("m", UserWarning, 1, 1),
    ("m", UserWarning, None, 1),
    ("m", int, "f", 1),
    ("m", UserWarning, "f", "1"),
    ("m", UserWarning, "f", 1, "module", None, 5),
    ("m", UserWarning, "f", 1, "module", 5),
    ("m", UserWarning, "f", 1, "module", {}, {}, None, 9),
    ("m", 1, "f", 1),
    (UserWarning("a"), 1, "f", 1),
]:
    attempt(_warnings.warn_explicit, *args)


class Wrong:
    def write(self, text):
        raise OSError("no room")


error = sys.stderr
sys.stderr = Wrong()
_warnings.warn("lost")
sys.stderr = None
_warnings.warn("lost, too")
sys.stderr = error
__name__ = 5
_warnings.warn("a name that is no str")
__name__ = None
_warnings.warn("no name")
__name__ = "x"
__warningregistry__ = 5
attempt(_warnings.warn, "registry")
__warningregistry__ = None
for i in range(2):
    _warnings.warn("registry")
_warnings.warn(category=SyntaxWarning, message=OSError("an exception"))
attempt(_warnings._filters_mutated_lock_held)
attempt(_warnings._release_lock)
_warnings._acquire_lock()
_warnings._acquire_lock()
attempt(_warnings._filters_mutated_lock_held)
_warnings._release_lock()
_warnings._release_lock()
attempt(_warnings._release_lock)
