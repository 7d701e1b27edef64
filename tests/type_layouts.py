"""Writes assets/type_layouts.txt: how CPython 3.14 lays the instances of its types out in memory.

    python3.14 tests/type_layouts.py > assets/type_layouts.txt

A line is a type, its `__basicsize__`, `__itemsize__`, `__dictoffset__` and `__weakrefoffset__`, how many bytes stand in
front of an instance (for the collector, and for a dict and weak references), and the type whose `__sizeof__` it has.
"""

import importlib

from text_signatures import MODULES, types

COLLECTED = 1 << 14
MANAGED = 1 << 3 | 1 << 4


def title(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


def main():
    for name in MODULES:
        importlib.import_module(name)
    lines = set()
    for cls in types():
        in_front = 16 * bool(cls.__flags__ & COLLECTED) + 16 * bool(cls.__flags__ & MANAGED)
        sizer = next(base for base in cls.__mro__ if "__sizeof__" in vars(base))
        sizes = cls.__basicsize__, cls.__itemsize__, cls.__dictoffset__, cls.__weakrefoffset__, in_front
        lines.add(f"{title(cls)} " + " ".join(map(str, sizes)) + f" {title(sizer)}")
    print(*sorted(lines), sep="\n")


main()
