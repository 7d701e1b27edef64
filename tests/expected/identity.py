"""Writes what CPython 3.14 says to every case of tests/identity/cases.txt, in both modes.

    python3.14 tests/expected/identity.py

A case is a program whose last line is the comparison.  As a file the program is compiled as a whole; line by
line each top-level statement is compiled by itself, as at the prompt.  tests/expected/identity.txt gets a line
for each case: the verdict of the one and of the other.
"""

import ast
import os
import sys
import warnings

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(os.path.dirname(HERE), "identity", "cases.txt")


def main():
    if sys.version_info[:2] != (3, 14):
        sys.exit("this takes CPython 3.14")
    warnings.simplefilter("ignore")
    with open(CASES, encoding="utf-8") as file:
        blocks = file.read().strip("\n").split("\n\n")
    with open(os.path.join(HERE, "identity.txt"), "w", encoding="utf-8") as out:
        for block in blocks:
            lines = [line for line in block.split("\n") if not line.startswith("# ")]
            out.write(f"{as_file(lines)} {line_by_line(lines)}\n")


def as_file(lines):
    """The value of the last expression of the last line, the whole compiled at once."""
    tree = ast.parse("\n".join(lines) + "\n")
    last = tree.body[-1]
    tree.body[-1] = ast.copy_location(ast.Assign([ast.Name("verdict", ast.Store())], last.value), last)
    namespace = {"__name__": "__main__"}
    exec(compile(ast.fix_missing_locations(tree), "case", "exec"), namespace)
    return namespace["verdict"]


def line_by_line(lines):
    """The same, each statement compiled by itself; statements on one line count as one."""
    groups = []
    for statement in ast.parse("\n".join(lines) + "\n").body:
        if groups and groups[-1][1] == statement.lineno:
            groups[-1][1] = statement.end_lineno
        else:
            groups.append([statement.lineno, statement.end_lineno])
    namespace = {"__name__": "__main__"}
    values = []
    hook, sys.displayhook = sys.displayhook, values.append
    try:
        for first, last in groups:
            text = "\n".join(lines[first - 1 : last]) + "\n"
            exec(compile(text, "case", "single"), namespace)
    finally:
        sys.displayhook = hook
    return values[-1]


if __name__ == "__main__":
    main()
