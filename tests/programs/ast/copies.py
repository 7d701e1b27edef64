# Copies of nodes: __reduce__, and __replace__ with some fields changed.
from _ast import AST, BinOp, Constant, FunctionDef, Load, Name, Return


def attempt(node, **changes):
    try:
        print(vars(node.__replace__(**changes)))
    except Exception as error:
        print(type(error).__name__, error)


print(Name("x", Load()).__reduce__()[1:])
print(Constant(1, lineno=4).__reduce__())
print(Return().__reduce__(), AST().__reduce__())
attempt(Name("x", Load(), lineno=3), id="y")
attempt(Name("x", Load()), ctx=None, lineno=7)
attempt(Name("x", Load()), name="y", other="z")
attempt(BinOp.__new__(BinOp))
attempt(FunctionDef.__new__(FunctionDef), name="f")
node = Return(Constant(1))
node.note = "not a field"
attempt(node)
attempt(node, value=None)
try:
    node.__replace__(1)
except TypeError as error:
    print(error)


class Traced(Name):
    def __init__(self, *args, **fields):
        print("init", args, fields)
        super().__init__(*args, **fields)


attempt(Traced("x", Load()), id="y")
