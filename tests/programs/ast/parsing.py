# The trees of sources, with every field and every place.
import _ast

ONLY_AST = _ast.PyCF_ONLY_AST


def shown(value):
    if isinstance(value, _ast.AST):
        names = value._fields + value._attributes
        parts = [f"{name}={shown(getattr(value, name))}" for name in names if getattr(value, name, None) is not None]
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, list):
        return "[" + ", ".join(map(shown, value)) + "]"
    return repr(value)


SOURCES = [
    "x = 1 + y[2:3]",
    "def f(a, /, b: int = 2, *args, c, **kwargs) -> str:\n    'doc'\n    return f'{a!r:>{b}} {c}'\n",
    "class C[T: int, *Ts, **P](Base, metaclass=M):\n    async def g(self): await self\n",
    "match x:\n  case [1, *rest] | {'k': -1, **more}: pass\n  case C(a, b=None) if a: pass\n  case _ as whole: pass",
    "try:\n  raise X from Y\nexcept* (A, B) as e: pass\nelse: ...\nfinally: del x",
    "with a as b, c: global d\nfrom ..m import n as o, p\nimport q.r as s\n",
    "type A[T = int] = list[T]\nx: int\n(y): str = t'{1}'",
    "[i async for i in (yield) if not i]; lambda *, k=1: {**a, 'b': c}; u'kind'; 1e400; 2j; b'x'; a < b is not c",
    "if a and b or c: pass\nelif (d := e): pass\nelse:\n  while 1: break\n  else: continue",
]
for source in SOURCES:
    print(shown(compile(source, "<s>", "exec", ONLY_AST)))
print(shown(compile("a if b else c", "<e>", "eval", ONLY_AST)))
print(shown(compile("a; b", "<i>", "single", ONLY_AST)))
print(shown(compile("(int, *str, **dict) -> list[int]", "<f>", "func_type", ONLY_AST)))
typed = "x = 1 # type: int\ndef f(a): # type: (int) -> str\n  pass\ny # type: ignore[why]\n"
print(shown(compile(typed, "<t>", "exec", ONLY_AST | _ast.PyCF_TYPE_COMMENTS)))
print(shown(compile("assert __debug__, 'a%sb' % x", "<o>", "exec", _ast.PyCF_OPTIMIZED_AST, optimize=2)))
tree = compile("a\nb", "<w>", "exec", ONLY_AST)
first, second = (statement.value for statement in tree.body)
print(first.ctx is second.ctx)
tree.note = "not a field"
again = compile(tree, "<w>", "exec", ONLY_AST)
print(again is tree, hasattr(again, "note"), again.body[0] is tree.body[0], shown(again) == shown(tree))
print(shown(compile(compile("assert __debug__", "<w>", "exec", ONLY_AST), "<w>", "exec", _ast.PyCF_OPTIMIZED_AST, optimize=1)))
print(shown(compile(compile("() -> x", "<w>", "func_type", ONLY_AST), "<w>", "func_type", ONLY_AST)))
