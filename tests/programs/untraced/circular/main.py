"""Modules that import one another: what is there, and what is said of what is not."""
import sys


def attempt(source):
    try:
        exec(source, {"sys": sys})
    except Exception as error:
        print(type(error).__name__, str(error).replace(sys.path[0], "{here}"), getattr(error, "name", None))
    print(sorted(name for name in sys.modules if name.split(".")[0] in NAMES))


NAMES = ["one", "two", "three", "four", "ring", "unfinished"]
attempt("import one")
attempt("import three; print(three.value)")
attempt("import ring.first; print(ring.first.VALUE, ring.second.VALUE)")
attempt("import ring.third")
attempt("import ring.fifth")
