"""Builtins ask for the truth of their flags, in the order of their parameters."""

import _codecs
import posix
from _collections import OrderedDict
from _typing import TypeVar

asked = []


class Flag:
    def __init__(self, name, truth):
        self.name, self.truth = name, truth

    def __bool__(self):
        asked.append(self.name)
        return self.truth


class Sized:
    def __len__(self):
        asked.append("len")
        return 0


class Number:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        asked.append("index")
        return self.value


class Path:
    def __fspath__(self):
        asked.append("path")
        return "/nowhere/at/all"


class File:
    def write(self, text):
        asked.append(text)

    def flush(self):
        asked.append("flush")


class Wrong:
    def __bool__(self):
        raise ValueError("no truth")


def show(function, *arguments, **named):
    asked.clear()
    try:
        result = function(*arguments, **named)
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(result, asked)


yes, no = Flag("yes", True), Flag("no", False)
show((-5).to_bytes, Number(2), "big", signed=yes)
show((-5).to_bytes, Number(2), "none", signed=no)
show((-5).to_bytes, Number(-2), "big", signed=no)
show((-5).to_bytes, Number(2), 5, signed=no)
show((-5).to_bytes, 2**70, "big", signed=[1])
show(int.from_bytes, b"\xff\xff", "big", signed=yes)
show(int.from_bytes, b"\xff\xff", None, signed=yes)
show(int.from_bytes, b"\xff\xff", "big", signed=Wrong())
show(print, 1, 2, file=File(), flush=yes)
show(print, 1, 2, file=File(), flush=no, sep=1)
show(print, 1, 2, file=File(), flush=Wrong())
show("a\nb".splitlines, yes)
show(b"a\nb".splitlines, Sized())
ordered = OrderedDict([(1, 2), (3, 4), (5, 6)])
show(ordered.move_to_end, 5, last=no)
show(ordered.popitem, last=yes)
show(lambda: TypeVar("T", infer_variance=no, contravariant=yes, covariant=no).__contravariant__)
show(TypeVar, "T", covariant=yes, contravariant=yes, infer_variance=no)
show(posix.stat, Path(), follow_symlinks=no)
show(posix.access, Path(), Number(0), follow_symlinks=yes, effective_ids=no)
show(open, Path(), "r", Number(1), closefd=no)
show(open, Path(), None, Number(1), closefd=no)
show(_codecs.utf_16_ex_decode, b"\xff\xfea", "strict", Number(0), no)
show(_codecs.utf_16_ex_decode, 5, "strict", Number(0), no)
show(lambda: compile("1", "name", "eval", Number(0), yes, Number(0)).co_filename)
show(lambda: __import__("sys", {}, {}, yes).__name__)
show(lambda: __import__("sys", {}, {}, Sized()).__name__)


def function():
    pass


function.__isabstractmethod__ = yes
show(lambda: property(function).__isabstractmethod__)
show(lambda: property(None, len, function).__isabstractmethod__)
show(lambda: classmethod(function).__isabstractmethod__)
function.__isabstractmethod__ = Wrong()
show(lambda: staticmethod(function).__isabstractmethod__)
