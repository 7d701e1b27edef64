# What is typed at a prompt may go on: `codeop` asks for that with two flags of `compile`.
ALLOW_INCOMPLETE_INPUT = 0x4000
DONT_IMPLY_DEDENT = 0x200


def told(source, mode, flags):
    try:
        compile(source, "<typed>", mode, flags)
    except SyntaxError as error:
        print(repr(source), mode, hex(flags), type(error).__name__, error.msg, error.args[1][1:3])
    else:
        print(repr(source), mode, hex(flags), "compiles")


SOURCES = [
    "if 1:", "if 1:\n", "if 1:\n  pass", "if 1:\n  pass\n", "x = ", "x = \n", "(", "(1 +\n", '"""a\n', "'a", "x \\\n",
    "try:\n  pass\n", "a b", "a b\n", "def f():\n  # c\n", "@d\n", "while 1: pass", "f(a b", "{1:",
    "lambda\n", "for x in y:\n\n", "match x:\n  case 1:\n", 'f"{a', "1 +", "return", "from x import (a", "0x", "$", "",
    "\n", "#", "b'é'", "é = (", ")\n", "a = 5 5 (\n", "class A:\n  def f(self):\n", "if 1:\n pass\n x y\n", "raise",
]
for flags in 0, ALLOW_INCOMPLETE_INPUT, DONT_IMPLY_DEDENT, ALLOW_INCOMPLETE_INPUT | DONT_IMPLY_DEDENT:
    for mode in "single", "exec", "eval":
        for source in SOURCES:
            told(source, mode, flags)

print(_IncompleteInputError.__mro__, _IncompleteInputError.__module__)
