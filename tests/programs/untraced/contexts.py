"""_contextvars: variables, tokens, contexts and what runs in them."""

from _contextvars import Context, ContextVar, Token, copy_context
def t(s, g=globals()):
    try: print(s, '->', addr(eval(s, g)))
    except BaseException as e: print(s, '->', type(e).__name__, addr(e))
def addr(x):
    parts = str(x).split('0x')
    return '0x'.join([parts[0]] + [p.lstrip('0123456789abcdef') for p in parts[1:]])
v=ContextVar('v'); w=ContextVar('w', default=5)
for e in r"""ContextVar()
ContextVar(1)
ContextVar('a', 2)
ContextVar('a', default=2).get()
ContextVar('a', x=2)
v.get()
v.get(3)
v.get(3,4)
w.get(), w.get(1)
v.name, w.name
v.name.__class__
addr(v), addr(w)
addr(v.set(1))
v.get()
Token()
Token.MISSING
type(Token.MISSING)
v.set()
v.reset(1)
w.reset(v.set(2))
Context()
Context(1)
len(Context()), list(Context()), Context() == Context()
copy_context() == copy_context()
copy_context()[v], copy_context().get(v), copy_context().get(w), copy_context().get(w, 7)
copy_context()[w]
copy_context()[1]
1 in copy_context()
v in copy_context(), w in copy_context()
len(copy_context())
list(copy_context().values())
copy_context().run()
copy_context().run(v.get)
copy_context().run(lambda *a, **k: (a, k), 1, x=2)
copy_context().run(lambda: v.set(99)).old_value
v.get()
ContextVar[int]
Token[int], 
hash(v)==hash(v), v==v, v==w
type('C', (Context,), {})
type('C', (Token,), {})
type(v).__module__, Context.__module__, Token.__module__
copy_context().copy() == copy_context()
hash(Context())
Context() < Context()
sorted(n for n in dir(Context) if not n.startswith('__')), sorted(n for n in dir(Token) if not n.startswith('__')), sorted(n for n in dir(ContextVar) if not n.startswith('__'))
copy_context(1)
copy_context().get()
copy_context().get(1)
v.old
Context.__hash__, Token.__hash__
Token.__eq__ is object.__eq__, ContextVar.__eq__ is object.__eq__""".splitlines(): t(e)
c = copy_context()
def rec():
    try: c.run(print)
    except RuntimeError as e: print(addr(str(e)))
c.run(rec)
tok = v.set(10)
print(tok.var is v, tok.old_value)
v.reset(tok)
print(addr(tok))
try: v.reset(tok)
except RuntimeError as e: print(addr(str(e)))
tok = v.set(11)
def other():
    try: v.reset(tok)
    except ValueError as e: print(addr(str(e)))
    try: w.reset(tok)
    except ValueError as e: print(addr(str(e)))
copy_context().run(other)
with v.set(12) as tk:
    print(v.get(), tk is not None)
print(v.get())
def boom():
    v.set('inner'); raise KeyError('x')
c2 = copy_context()
try: c2.run(boom)
except KeyError as e: print('caught', e, v.get(), c2[v])
n = ContextVar('n')
tok = n.set(1); n.reset(tok)
t("n.get()")
t("tok.old_value")
t("n in copy_context()")
class Var: pass
print(v.__class__, Token.MISSING.__class__.__name__)
def gen():
    x = yield v.get()
    yield v.get()
g = gen(); v.set('a'); print(next(g)); print(copy_context().run(lambda: (v.set('b'), next(g))[1]))
