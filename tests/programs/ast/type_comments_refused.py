# Comments that begin with `type:` where there is no room for one, and what is said of them.
import _ast

FLAGS = _ast.PyCF_ONLY_AST | _ast.PyCF_TYPE_COMMENTS

for source in [
    "# type: int\n",
    "x = 1\n# type: int\ny = 2\n",
    "x # type: int\n",
    "x += 1 # type: int\n",
    "x: int = 1 # type: int\n",
    "x = (1, # type: int\n 2)\n",
    "x = [\n #  type:\tint \n 1]\n",
    "import a # type: int\n",
    "if x: # type: int\n  pass\n",
    "for a in b: # type: int\n  pass\nelse: # type: int\n  pass\n",
    "class A: # type: int\n  pass\n",
    "def f():\n  pass\n  # type: int\n",
    "def f(\n # type: int\n a): pass\n",
    "def f():\n  # type: () -> int\n  # type: () -> int\n  pass\n",
    "\nasync def f():\n  # type: () -> int\n  # type: () -> int\n  pass\n",
    "with a as b: # type: int\n  # type: str\n  pass\n",
    "for a in b:\n\n  # type: int\n  pass\n",
    "async def f():\n  async for a in b:\n    # type: int\n    pass\n",
    "with a:\n  # type: int\n  pass\n",
    "x = 1\nclass A(\n   B):\n  # type: int\n  pass\n",
    "if a: pass\nelif a:\n  # type: int\n  pass\n",
    "while x: # why\n  # type: int\n  pass\n",
    "try:\n  # type: int\n  pass\nfinally: pass\n",
    "match x:\n  # type: int\n  case 1: pass\n",
    "match x:\n  case 1:\n    # type: int\n    pass\n",
]:
    try:
        compile(source, "<told>", "exec", FLAGS)
    except SyntaxError as error:
        place = error.lineno, error.offset, error.end_lineno, error.end_offset
        print(type(error).__name__, error.msg, place)
    else:
        print("taken", repr(source))
try:
    compile("def f(): # type: () -> int\n  # type: () -> int\n  pass\n", "<told>", "exec", FLAGS)
except SyntaxError as error:
    print(error.msg)
