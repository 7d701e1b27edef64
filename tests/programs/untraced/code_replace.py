"""Code objects that a program puts together, and the tables that code objects tell."""

import sys


def show(thunk):
    try:
        print(repr(thunk()))
    except Exception as error:
        print(type(error).__name__ + ":", error)


def function(a, b=2, /, c=3, *d, e, **f):
    x = 1
    if a:
        return x
    for y in b:
        if y is None:
            continue

    def inner():
        return x

    return inner


code = function.__code__.replace(co_filename="a file")
GIVEN = {
    "co_argcount": 2,
    "co_posonlyargcount": 1,
    "co_kwonlyargcount": 0,
    "co_stacksize": 10,
    "co_flags": 3,
    "co_firstlineno": 7,
    "co_code": code.co_code,
    "co_consts": code.co_consts[::],
    "co_names": code.co_names + ("more",),
    "co_varnames": code.co_varnames,
    "co_freevars": (),
    "co_cellvars": ("x",),
    "co_filename": "a file",
    "co_name": "a name",
    "co_qualname": "a qualified name",
    "co_linetable": code.co_linetable,
    "co_exceptiontable": b"",
}
for name, value in GIVEN.items():
    print(name, getattr(code.replace(**{name: value}), name) == value)
    for wrong in None, -1, 2.5, 10**20, bytearray(b"x"):
        show(lambda: code.replace(**{name: wrong}))
show(lambda: code.replace(co_nlocals=5))
show(lambda: code.replace(1))
show(lambda: code.__replace__(1))
show(lambda: code.replace(co_nothing=1))
show(lambda: code.replace(co_names=(1,)))
show(lambda: code.replace(co_varnames=("a",)))
show(lambda: code.replace(co_varnames=(1, 2, 3, 4, 5)))
show(lambda: code.replace(co_varnames=(1,) * 8))
show(lambda: code.replace(co_code=b"a"))
show(lambda: code.replace(co_argcount=7))
show(lambda: code.replace(co_posonlyargcount=6))
show(lambda: code.replace(co_kwonlyargcount=7))

same = code.replace()
print(same == code, same is code, {code: 1}.get(same), same != code, same == 1)
print(code == code.replace(co_filename="other"), code == code.replace(co_qualname="other"))
print(code == code.replace(co_name="other"), code == code.replace(co_firstlineno=99))
print(code.__replace__(co_name="new").co_name, code.co_name)
for name in "co_names", "co_varnames", "co_cellvars", "co_code", "co_linetable":
    print(name, getattr(code, name) is getattr(code, name))
print(code.replace().co_names is code.co_names)


def answers():
    return 1000


answers.__code__ = answers.__code__.replace(co_consts=tuple(9 if c == 1000 else c for c in answers.__code__.co_consts))
print(answers())


def subtract(a, b):
    return a - b


subtract.__code__ = subtract.__code__.replace(co_varnames=("b", "a"))
print(subtract(b=1, a=5), subtract(1, 5))
subtract.__code__ = subtract.__code__.replace(co_name="renamed", co_filename="elsewhere", co_firstlineno=500)
try:
    subtract("text", 1)
except TypeError as error:
    trace = error.__traceback__.tb_next
    print(trace.tb_lineno, repr(trace.tb_frame.f_code).partition(" at 0x")[0], subtract.__name__)


def cells(a):
    def inner():
        return a, b

    b = 2
    return inner


cells.__code__ = cells.__code__.replace(co_name="made")
print(cells(1)())

Code = type(code)
PARTS = """co_argcount co_posonlyargcount co_kwonlyargcount co_nlocals co_stacksize co_flags co_code co_consts co_names
co_varnames co_filename co_name co_qualname co_firstlineno co_linetable co_exceptiontable co_freevars co_cellvars""".split()
parts = [getattr(code, name) for name in PARTS]
print(Code(*parts) == code)
show(lambda: Code())
show(lambda: Code(*parts, 1))
show(lambda: Code(a=1))
for index in range(18):
    for wrong in None, -1, 2.5, 10**20:
        if (index, wrong) != (13, -1):
            show(lambda: Code(*parts[:index], wrong, *parts[index + 1 :]))
show(lambda: Code(*parts[:8], (1,), *parts[9:]))
show(lambda: Code(*parts[:9], (1,) * 8, *parts[10:]))

print(list(code.co_lines()))
print(list(code.co_positions())[:8])
print(list(code.co_branches()))
print(code.co_lnotab)
for rows in code.co_lines(), code.co_positions(), code.co_branches():
    kind = type(rows)
    print(kind, kind.__module__, iter(rows) is rows, hasattr(rows, "__length_hint__"), next(rows))
    show(lambda: kind())
    print(len(list(rows)), list(rows))


async def many_ways(a):
    async for one in a:
        if one:
            break
    while a and one:
        a.b()
    match a:
        case [1, 2]:
            return 0
        case {"x": None}:
            return [x async for x in a]
    return lambda: [y for y in a if y is not None]


print(list(many_ways.__code__.co_branches()))
print(many_ways.__code__.co_lnotab)
long = "def long(a):\n    while a:\n" + "        x = a.b.c.d(a)\n" * 40 + "\n" * 300 + "    for a in a:\n        pass"
namespace = {}
exec(long, namespace)
print(list(namespace["long"].__code__.co_branches()))
print(namespace["long"].__code__.co_lnotab)
