"""Files that nobody has closed: a warning, where the filters would have it, once the last name is gone."""
import _io
import _warnings
import posix
import sys

NAME = __file__ + ".scratch"


def sink(text):
    text = text.replace(NAME, "{name}")
    sys.__stdout__.write(text)


class Error:
    write = staticmethod(sink)

    def flush(self):
        pass


with open(NAME, "w") as file:
    file.write("text")
file = open(NAME)
file = None
_warnings.filters.insert(0, ("always", None, ResourceWarning, None, 0))
sys.stderr = Error()
open(NAME, "a").write("more")
file = open(NAME, "rb")
file = None


def leave():
    file = open(NAME, "rb", 0)


leave()


class Own(_io.FileIO):
    def close(self):
        print("close")
        super().close()


Own(NAME)
_io.BufferedReader(Own(NAME))
with open(NAME) as file:
    print(file.read())
file = open(NAME)
file.close()
file = None
_io.TextIOWrapper(_io.BytesIO(b"x"))
_warnings.filters.insert(0, ("error", None, ResourceWarning, None, 0))
hook = []
sys.unraisablehook = lambda told: print(type(told.exc_value), str(told.exc_value).replace(NAME, "{name}"), type(told.object))
file = open(NAME)
file = None
Own(NAME)
print("end")
_warnings.filters.insert(0, ("ignore", None, ResourceWarning, None, 0))
open(NAME)
posix.unlink(NAME)
