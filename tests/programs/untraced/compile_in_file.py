"""Errors and warnings in code that claims to come from this file show this file's lines."""


def refuse(source):
    try:
        compile(source, __file__, "exec")
    except SyntaxError as error:
        print(error.msg, error.lineno, error.offset, error.end_offset, repr(error.text))


refuse("return")
refuse("\n\n(")
refuse("\n\n\n\nnonlocal x")
refuse("\n" * 100 + "return")
exec(compile("\n\n\ndef f():\n    1 / 0\nf()", __file__, "exec"))
