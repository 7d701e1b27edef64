# The repr of nodes: three levels, and of long lists the first and the last.
from _ast import AST, Constant, Expr, Global, Load, Module, Name, Starred


class Loud:
    def __repr__(self):
        print("repr runs")
        return "loud"


class Pair(AST):
    _fields = ("first", "second")


print(Load(), Name("x", Load()))
print(Module([Expr(Name("x", Load()))], []))
print(Module([Expr(Name(letter, Load())) for letter in "abc"], []))
print(Global([]), Global(["a"]), Global(["a", "b"]), Global(list("abcd")), Global(("a",)))
print(Constant([[1, 2, 3, 4], {1: 2}, "x"]))
print(Pair(Loud(), [Loud(), Loud(), Loud()]))
node = Starred(None)
node.value = node
print(node)
node.value = [[node], {"again": node}]
print(node)
try:
    print(Pair(1))
except AttributeError as error:
    print(error)
