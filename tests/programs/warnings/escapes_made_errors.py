"""A SyntaxWarning about a string or a number that a filter makes an error."""

import _warnings

_warnings.filters.insert(0, ("error", None, SyntaxWarning, None, 0))
SOURCES = [
    'x = "\\d"', "x = 'abc\\q' 'e\\w'", 'x = b"\\d\\e"', 'y = 1\nx = """a\nb\\d"""', 'x = "\\400"', 'x = b"\\777"', "x = u'\\d'",
    'x = b"""a\nb\\d"""', 'x = b"""ab\\d"""', 'x = """ab\\d"""', 'x = ("a"\n   "b\\d")', 'x = ["a\\d",\n2]', 'x = "\\d" # é\nx',
    'if 1:\n    x = "a\\n\\d\\e"\n', "x = 1if 1 else 2", "x = 0x1for x in y", "x = 1.5if 1 else 2", "x = 1jif 1 else 0", "x = [1in y]",
    "x = 0o7and 1", "if 1:\n  y = 0b1or 3", "x = 1e5not in y", 'x = f"{1if 2 else 3}"', "assert (1, 2)", "x = 1 is 1",
]
for source in SOURCES:
    try:
        compile(source, "<source>", "exec")
    except SyntaxError as error:
        print(repr(source), error.msg, error.args[1:])
for source in ['"\\d"', "1if 1 else 0", "1if 1 else 0\n", '"\\d"\n']:
    for mode in ["eval", "single"]:
        try:
            compile(source, "<source>", mode)
        except SyntaxError as error:
            print(repr(source), mode, error.msg, error.args[1:])
