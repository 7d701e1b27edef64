# The symbol table of a source: each scope with its names, in CPython's bits.
import _symtable

SOURCE = """
import os, sys as s
from a import b
x: int = 1
def f(a, *args, k=1, **kw):
    global g; g = 1
    b = [y for y in a if (z := y)]
    def inner(c: int) -> str:
        nonlocal b
        b = c; return lambda q: q + a
    return {k: v for k, v in a}, (i for i in b), __class__
class C[T](Base):
    attr = 1
    def m(self): return __class__, self.__p, attr, super().x
    def n(self, p: T = attr): __q = 1; return [p for _ in __q]
    z: int
type A[U] = list[U]
async def co():
    async for i in x: yield i
    try: pass
    except E as e: del e
def gen[V: (int, str) = int](v: V) -> V: return v
lambda: x
match x:
    case {"a": q, **rest}: pass
with x as w: pass
del x
"""


def show(table, depth=0):
    print(" " * depth, table.name, table.type, table.lineno, table.nested, table.symbols, table.varnames)
    for child in table.children:
        show(child, depth + 1)


def attempt(*args):
    try:
        print(_symtable.symtable(*args).name)
    except Exception as error:
        print(type(error).__name__, error)


show(_symtable.symtable(SOURCE, "name", "exec"))
show(_symtable.symtable("[a for a in b]", b"name", "eval"))
show(_symtable.symtable(b"x = 1", "name", "single"))
show(_symtable.symtable("from __future__ import annotations\ndef f(a: int): x: str", "name", "exec"))
attempt("x =", "name", "exec")
attempt("def f():\n x = 1\n global x", "name", "exec")
attempt("x\0", "name", "exec")
attempt(5, "name", "exec")
attempt("x", 5, "exec")
attempt("x", "name", "other")
attempt("x", "name", 5)
attempt("x")
table = _symtable.symtable("", "name", "exec")
print(type(table), type(table.id))
try:
    table.name = "other"
except AttributeError as error:
    print(error)
try:
    type(table)()
except TypeError as error:
    print(error)
