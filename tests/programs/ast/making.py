# Nodes that a program makes: fields by position and by name, what the others get, what is refused.
from _ast import AST, Add, BinOp, Call, Constant, Dict, FunctionDef, Load, Module, Name, Return


def attempt(make):
    try:
        node = make()
    except Exception as error:
        print(type(error).__name__, error)
    else:
        print(vars(node))


attempt(lambda: Name("x"))
attempt(lambda: Name("x", Load()))
attempt(lambda: Name(id="x", lineno=3))
attempt(lambda: Name("x", id="y"))
attempt(lambda: Name("x", Load(), 3))
attempt(lambda: Load(1))
attempt(lambda: AST(1))
attempt(lambda: Module())
attempt(lambda: Call(Name("f")))
attempt(lambda: Dict())
attempt(lambda: Return())
attempt(lambda: Constant(value=None))
attempt(lambda: FunctionDef("f"))
attempt(lambda: BinOp(op=Add()))
print(Load() is Load(), Name("x").ctx is Name("y").ctx)


class Positioned(Name):
    kind = "own"

    def __setattr__(self, name, value):
        print("set", name)
        super().__setattr__(name, value)


attempt(lambda: Positioned("x", lineno=1))


class Pair(AST):
    _fields = ("first", "second")
    _attributes = ("note",)


attempt(lambda: Pair(1, 2, note="n"))
attempt(lambda: Pair(second=1))
attempt(lambda: Pair(1, 2, 3))
node = Pair.__new__(Pair)
print(vars(node), isinstance(node, AST))
match Name("x", Load()):
    case Name(id, ctx=Load()):
        print("matched", id)
