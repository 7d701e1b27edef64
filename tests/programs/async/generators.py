# Asynchronous generators, driven by hand; what can be awaited, and the errors of what cannot.
import sys
async def ag():
    try:
        x = yield 1
        print('got', x)
        yield 2
    finally:
        print('fin')
def run(c):
    try:
        while True: print('yield', c.send(None))
    except StopIteration as e: return e.value
class Aw:
    def __init__(s,v): s.v=v
    def __await__(s):
        r = yield s.v
        return r
def t(name, f):
    try: print(name, '->', f())
    except BaseException as e: print(name, '!!', type(e).__name__, e)
g=ag()
print(type(g), g.ag_running, g.ag_await, g.ag_suspended, g.__name__, g.ag_code.co_name)
a=g.__anext__()
print(type(a))
t('a.send', lambda: a.send(None))
t('a again', lambda: a.send(None))
b=g.asend('hello')
t('b', lambda: b.send(None))
c=g.aclose()
t('c', lambda: c.send(None))
t('c', lambda: c.send(None))
t('after', lambda: g.asend(None).send(None))
t('after close', lambda: g.aclose().send(None))
t('after throw', lambda: g.athrow(ValueError).send(None))
async def main():
    async for x in ag():
        print('x',x)
    print([y async for y in ag()], {y:1 async for y in ag()})
    print([y async for y in ag() if await Aw(y)])
    return 5
print(run(main()))
async def bad(): 
    async for x in 3: pass
t('bad', lambda: run(bad()))
class BadAiter:
    def __aiter__(s): return 3
async def bad2():
    async for x in BadAiter(): pass
t('bad2', lambda: run(bad2()))
class BadAnext:
    def __aiter__(s): return s
    def __anext__(s): return 3
async def bad3():
    async for x in BadAnext(): pass
t('bad3', lambda: run(bad3()))
class AW2:
    def __await__(s): return 3
async def bad4(): await AW2()
t('bad4', lambda: run(bad4()))
async def coro(): return 1
class AW3:
    def __await__(s): 
        s.c=coro()
        return s.c
async def bad5():
    x=AW3()
    try: await x
    finally: x.c.close()
t('bad5', lambda: run(bad5()))
async def bad6(): await 3
t('bad6', lambda: run(bad6()))
class Cm:
    async def __aenter__(s): print('enter'); return s
    async def __aexit__(s,*a): print('exit', a[0]); return True
async def w():
    async with Cm() as c:
        await Aw(7)
        1/0
    return 'done'
print(run(w()))
class Cm2:
    def __aenter__(s): return 3
    async def __aexit__(s,*a): pass
async def w2():
    async with Cm2(): pass
t('w2', lambda: run(w2()))
async def w3():
    async with 3: pass
t('w3', lambda: run(w3()))
async def anx():
    g=ag()
    print(await anext(g), await anext(g), await anext(g,'dflt'))
    print(await anext(g,'d2'))
    await anext(g)
t('anx', lambda: run(anx()))
t('anext', lambda: anext(3))
t('aiter', lambda: aiter(3))
t('aiter', lambda: aiter(BadAiter()))
t('anext', lambda: type(anext(ag(),3)))
c=coro()
w=c.__await__()
print(type(w)); t('w', lambda: w.send(None)); 
t('c', lambda: c.send(None))
async def slow():
    await Aw(1)
c=slow(); c.send(None)
async def twice(): await c
t('twice', lambda: run(twice()))
print(type(c.cr_await), c.cr_running, c.cr_origin)
c.close()
async def ag2():
    try:
        await Aw('in')
        yield 1
    except ValueError as e:
        print('caught', e); yield 'c'
    except GeneratorExit:
        print('GE'); yield 9
g=ag2(); a=g.asend(None); print(a.send(None)); print(g.ag_running, g.ag_await is not None)
t('running', lambda: g.asend(None).send(None))
t('running', lambda: g.aclose().send(None))
t('running', lambda: g.athrow(ValueError).send(None))
t('thr', lambda: a.throw(ValueError('v')))
b=g.athrow(GeneratorExit); t('ge', lambda: b.send(None))
g=ag2(); a=g.asend(None); a.send(None); t('aclose2', lambda: a.close())
g=ag(); t('nonnone', lambda: g.asend(3).send(None)); t('nn', lambda: g.aclose().send(3))
g=ag(); t('acl', lambda: g.aclose().send(None)); t('acl', lambda: g.asend(None).send(None))
async def raises():
    yield 1
    raise StopAsyncIteration
g=raises(); t('r1', lambda: g.asend(None).send(None)); t('r2', lambda: g.asend(None).send(None))
async def ignores():
    try: yield 1
    except GeneratorExit: yield 2
g=ignores(); t('i1', lambda: g.asend(None).send(None)); t('i2', lambda: g.aclose().send(None))
t('hooks', lambda: sys.get_asyncgen_hooks())
def first(g): print('first', g.__name__)
def fin(g): print('fin hook', g.__name__)
sys.set_asyncgen_hooks(first, fin)
t('hooks', lambda: sys.get_asyncgen_hooks().firstiter is first)
g=ag(); t('1', lambda: g.asend(None).send(None)); del g
sys.set_asyncgen_hooks(None, None)
g=ag(); t('1', lambda: g.asend(None).send(None)); del g
t('set', lambda: sys.set_asyncgen_hooks(3))
def never():
    g=ag(); g.asend(None); 
never()
def never2():
    g=ag(); g.aclose();  g.athrow(ValueError)
never2()
