# Trees that are compiled, as they were parsed and changed.
import _ast
from _ast import Add, Assign, BinOp, Constant, Expr, Expression, Interactive, Load, Module, Mult, Name, Store

ONLY_AST = _ast.PyCF_ONLY_AST


def same(source, mode="exec"):
    """Whether the code of a source and that of its tree are alike."""

    def parts(code):
        consts = [parts(value) if hasattr(value, "co_code") else value for value in code.co_consts]
        return code.co_code, consts, code.co_names, code.co_varnames, code.co_linetable, code.co_exceptiontable

    tree = compile(source, "<s>", mode, ONLY_AST)
    print(parts(compile(source, "<s>", mode)) == parts(compile(tree, "<s>", mode)))


same("x = [i * 2 for i in range(10) if i]\nprint(x)")
same("def f(a, *b, c=1, **d):\n  'doc'\n  def g(): nonlocal a; a += 1; return a\n  return g\n")
same("class C(B, m=1):\n  x: int = 1\n  async def f(self):\n    async with self as s: yield await s\n")
same("try: pass\nexcept A as e: raise\nelse: pass\nfinally: x\nwith a: pass\nfor i in j: break\nelse: pass")
same("match x:\n  case {'a': 1, **r}: pass\n  case C(1, b=[_, *c]): pass\n  case None | -1j | 'x': pass")
same("type A[T: int, *U, **V] = dict[T, U]\ndef f[T = int](x: T) -> T: return f'{x!r:>{3}}', t'{x}'\n")
same("(lambda x, /, y: {**x, y: 1 if x else 2})", "eval")
same("x + 1; y", "single")


class Doubler:
    def visit(self, node):
        if isinstance(node, Constant) and isinstance(node.value, int):
            node.value *= 2
        for name in node._fields:
            value = getattr(node, name)
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, _ast.AST):
                    self.visit(child)


tree = compile("total = 3 + 4 * 5\nprint(total)", "<changed>", "exec", ONLY_AST)
Doubler().visit(tree)
exec(compile(tree, "<changed>", "exec"))

at = {"lineno": 7, "col_offset": 2, "end_lineno": 7, "end_col_offset": 9}
one, two = Constant(1, **at), Constant(2, **at)
print(eval(compile(Expression(BinOp(one, Add(), two, **at)), "<made>", "eval")))
target = Name("made", Store(), **at)
module = Module([Assign([target], BinOp(Constant("ab", **at), Mult(), Constant(3, **at), **at), **at)], [])
exec(compile(module, "<made>", "exec"))
print(made)
exec(compile(Interactive([Expr(Name("made", Load(), **at), **at)]), "<shown>", "single"))
code = compile(Expression(Name("missing", Load(), **at)), "<made>", "eval")
print(code.co_linetable, code.co_firstlineno)
try:
    eval(code)
except NameError as error:
    print(error, error.__traceback__.tb_next.tb_lineno)
print(eval(compile(Expression(Constant((1, (2.5, None), frozenset([3]), b"x", ..., 1j), **at)), "<c>", "eval")))
