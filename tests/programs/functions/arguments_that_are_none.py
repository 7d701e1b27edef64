"""What builtins say of an argument that is None: some its type, some its name."""

import _codecs
import _locale
import _struct
import time
from _typing import TypeVar
from array import array


def show(function, *arguments, **named):
    try:
        print(function(*arguments, **named))
    except TypeError as error:
        print(error)


def function():
    pass


Function, Traceback, Module = type(function), type(LookupError().__traceback__), type(time)
show(format, 1, None)
show((1).__format__, None)
show(object().__format__, None)
show(_locale.setlocale, 0, 5)
show(Module, None)
show(type, None, (), {})
show(type, "name", None, {})
show(type, "name", (), None)
show(compile, "1", "name", None)
show(_codecs.utf_8_encode, None)
show(_codecs.utf_8_encode, "", 5)
show(_codecs.escape_encode, None)
show(_codecs.charmap_encode, None)
show(time.strftime, None)
show(time.get_clock_info, None)
show(memoryview(b"a").cast, None)
show(TypeVar, None)
show(Function, None, {})
show(Function, function.__code__, None)
show(Function, function.__code__, {}, 5)
show(ExceptionGroup, None, [LookupError()])
show(LookupError().add_note, None)
show(UnicodeDecodeError, None, b"", 1, 1, "")
show("".encode, None)
show("".encode, "utf-8", None)
show(b"".decode, None)
show(str, b"", None)
show(bytes, "", None)
show(_struct.Struct, None)
show(array, None)
show(b"".center, 3, None)
show("".center, 3, None)
show("".replace, None, "")
show("".removeprefix, None)
show("".partition, None)
show("".maketrans, None, "")
show("".maketrans, 1, None)
show("".maketrans, "", "", None)
show(complex, None)
show(complex, imag=None)
show(super, None)
show(float.fromhex, None)
show(int.from_bytes, b"", None)
show(lambda: show(*None))
show(lambda: show(**None))
