"""Writes assets/text_signatures.txt: what CPython 3.14 has as the `__text_signature__` of its builtins.

    python3.14 tests/text_signatures.py > assets/text_signatures.txt

A line is a signature, or `-` for None, and the indented ones behind it name all that have it: `module.name` of
functions, `module.type.name` of methods, `class:module.type` of types.  A line end in a
signature is written as U+2424.  Asked are the modules that wordcode has natively, and every type of CPython's that
Python code did not make.
"""

import importlib
import sys
import textwrap

MODULES = """
_abc _ast _bisect _blake2 _codecs _collections _contextvars _csv _functools _heapq _imp _io _locale _md5 _opcode
_operator _posixsubprocess _random _sha1 _sha2 _sha3 _signal _socket _sre _stat _string _struct _thread _tokenize _tracemalloc _types _typing
_warnings _weakref array atexit binascii builtins cmath errno gc itertools marshal math posix select sys time
unicodedata
""".split()

#: Types that only an object leads to.
SAMPLES = [str.join, "".join, int.__add__, (1).__add__, dict.__dict__["fromkeys"], sys.stdout, sys.flags]

NATIVES = tuple({type(value) for value in SAMPLES[:5]})


def types():
    todo, seen = [object, *map(type, SAMPLES)], {}
    while todo:
        cls = todo.pop()
        if cls not in seen:
            seen[cls] = None
            todo += type.__subclasses__(cls)
    return [cls for cls in seen if "__firstlineno__" not in vars(cls) and cls.__module__ != "datetime"]


def rows():
    for name in MODULES:
        for attribute, value in vars(importlib.import_module(name)).items():
            if type(value) is type(len) and value.__module__ == name and value.__name__ == attribute:
                yield f"{name}.{attribute}", value.__text_signature__
    for cls in types():
        title = f"{cls.__module__}.{cls.__qualname__}"
        yield f"class:{title}", type.__dict__["__text_signature__"].__get__(cls)
        for attribute, value in vars(cls).items():
            value = getattr(value, "__func__", value)
            if isinstance(value, NATIVES):
                yield f"{title}.{attribute}", value.__text_signature__


def main():
    having = {}
    for name, signature in rows():
        having.setdefault("-" if signature is None else signature.replace("\n", "\u2424"), set()).add(name)
    for signature in sorted(having):
        names = " ".join(sorted(having[signature]))
        print(signature, textwrap.fill(names, 118, initial_indent=" ", subsequent_indent=" "), sep="\n")


if __name__ == "__main__":
    main()
