"""Comprehensions in every kind of scope."""
data = [[1, 2], [3]]
flat = [x for row in data for x in row if x if x > 1]
temporary = [y for x in flat for y in [x + 1] for z in (y,) if z]
sets = {x: y for x in flat for y in {x for x in data}}
lambdas = [lambda: x for x in flat]
walrus = [last := x for x in flat]
gen = (x + y for x in flat for y in data)
x = [x for x in [x for x in data]]


def function(a):
    b = [a for a in a]
    c = [(lambda: a + c)() for c in a]
    d = {e: [e for e in range(e)] for e in a}
    total = 0
    partial = [total := total + v for v in a]
    def inner(): return [b for _ in d]
    try:
        return [i for i in a], [j for j in a if (yield_ := j)]
    except* ValueError:
        pass
    return (k for k in (m for m in a)), {n for n in a}


async def agen(a):
    b = [x async for x in a]
    c = {x: await y async for x, y in a if await x}
    d = [x for x in await a]
    e = (x async for x in a)
    f = [[y async for y in x] async for x in a]
    yield b
    async for g in a:
        if g: continue
        break
    else:
        yield c
    async with a as h, a:
        await h
        return
    await a


class Scope:
    names = ["a"]
    here = [names for _ in "x"]
    cells = [[(lambda: (n, m)) for m in names] for n in names]
    t = [(a, b) for a, b in [(1, 2)]]
