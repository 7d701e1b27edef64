# Sources that have no tree.
import _ast


def attempt(source, mode="exec", flags=_ast.PyCF_ONLY_AST, **options):
    try:
        print(compile(source, "<source>", mode, flags, **options))
    except SyntaxError as error:
        print(type(error).__name__, error.args)
    except Exception as error:
        print(type(error).__name__, error)


attempt("if x:\npass")
attempt("x = 1\ny = 2", "single")
attempt("x = 1", "eval")
attempt("int -> str", "func_type")
attempt("() -> x", "func_type", 0)
attempt("x", "other")
attempt("from __future__ import braces")
attempt("from __future__ import nothing")
attempt("x = 1\0")
attempt(b"# coding: nowhere\nx")
attempt(3)
attempt("x := 1", flags=0x400 | 0x2_0000_0000)
attempt("x", _feature_version=4)
# What only the compiler refuses has a tree.
attempt("return")
attempt("def f(a, a): nonlocal b")
