"""compile: forms, flags, names, and what is wrong with a source."""


def attempt(*args, **keywords):
    try:
        code = compile(*args, **keywords)
        print(code.co_name, code.co_filename, hex(code.co_flags))
        return code
    except Exception as error:
        print(type(error).__name__, error)


def refuse(source, form="exec", name="<source>"):
    try:
        compile(source, name, form)
    except SyntaxError as error:
        print(type(error).__name__, error.args, error.filename, error.lineno, error.offset)
        print("   ", error.end_lineno, error.end_offset, repr(error.text), error.print_file_and_line)


exec(attempt("print('a file')", "name.py", "exec"))
print(eval(attempt("6 * 7", b"bytes.py", "eval")))
exec(attempt("5; 'shown'; None; [1]", "single.py", "single"))
exec(attempt("def f(): 'doc'\nassert False\nprint(f.__doc__, __debug__)", "f", "exec", optimize=2))
exec(attempt("assert False\nprint(__debug__)", "f", "exec", 0, False, 1))
exec(attempt("def f(a: zork): pass\nprint(f.__annotations__)", "f", "exec", 0x1000000))
exec(attempt(b"# coding: latin-1\nprint('caf\xe9')", "f", "exec"))
exec(attempt(b"\xef\xbb\xbfprint('marked')", "f", "exec"))
exec(attempt("# coding: latin-1\nprint('caf\xe9')", "f", "exec"))
exec(attempt("print(1)\r\nprint(2)\rprint(3)", "f", "exec"))


class Path:
    def __fspath__(self):
        return "from_path.py"


attempt("x", Path(), "exec")
attempt("x", "f", "other")
attempt("x", "f", "func_type")
attempt("x", "f", 5)
attempt(5, "f", "exec")
attempt("x", 5, "exec")
attempt("x", "f", "exec", 0x77777777)
attempt("x", "f", "exec", optimize=5)
attempt("x", "f", "exec", optimize="2")
attempt("x", "f", "exec", "0")
attempt("x")
attempt("x", "f")
attempt("x", "f", "exec", other=1)
attempt("x", "f", "exec", 0, 0, -1, 5)
attempt("\ud800", "f", "exec")
attempt("\0", "f", "exec")
attempt(b"x\0", "f", "exec")

refuse("x = = 1")
refuse("x = = 1\n")
refuse("\xe9 = = 1")
refuse("return")
refuse("a\nreturn 5")
refuse("\xe9; return 5")
refuse("def f():\n  x\n   y")
refuse("if 1:\n")
refuse("if x:\n\ty\n        z")
refuse("(")
refuse("f(", "single")
refuse("1 2", "eval")
refuse("x=1", "eval")
refuse("", "eval")
refuse("x\ny", "single")
refuse("", "single")
refuse("'abc")
refuse("'''abc")
refuse("nonlocal x")
refuse("def f(x, x): pass")
refuse("x: \xe9 = 1; global x")
refuse("break")
refuse("*x")
refuse("yield")
refuse("await x")
refuse("f(x for x in y, 1)")
refuse("x" * 10 + " y")
refuse("from __future__ import braces")
refuse(b"# coding: unheard_of\nx")
