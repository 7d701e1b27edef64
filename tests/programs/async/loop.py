# A loop of its own that runs coroutines by turns, with asynchronous iteration and clean-up.
class Turn:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        got = yield self.value
        return got


class Loop:
    def __init__(self):
        self.ready = []
        self.log = []

    def add(self, coroutine):
        self.ready.append((coroutine, None))

    def run(self):
        while self.ready:
            coroutine, value = self.ready.pop(0)
            try:
                wanted = coroutine.send(value)
            except StopIteration as end:
                self.log.append((coroutine.__name__, end.value))
            except Exception as error:
                self.log.append((coroutine.__name__, type(error).__name__, str(error)))
            else:
                self.ready.append((coroutine, wanted * 10))


class Lock:
    held = False

    async def __aenter__(self):
        while Lock.held:
            await Turn(0)
        Lock.held = True
        return self

    async def __aexit__(self, *error):
        Lock.held = False
        await Turn(-1)
        return error[0] is KeyError


async def count(n):
    try:
        for i in range(n):
            got = await Turn(i)
            yield got
    finally:
        print('closed', n)


async def consumer(name, n):
    total = 0
    async with Lock():
        async for item in count(n):
            total += item
            print(name, item)
    return total


async def breaks():
    async for item in count(5):
        if item == 10:
            break
    else:
        print('not reached')
    return [item * 2 async for item in count(3) if item] + [await Turn(x) for x in (1, 2)]


async def fails():
    async with Lock():
        raise KeyError('swallowed')
    async with Lock():
        await Turn(1)
        raise ValueError('kept')


async def nested():
    rows = {a: [b async for b in count(a)] async for a in count(3)}
    return rows, sum([x async for x in count(3)])


async def delegate():
    inner = consumer('inner', 2)
    result = await inner
    try:
        await inner
    except RuntimeError as error:
        print('again:', error)
    return result


loop = Loop()
for coroutine in (consumer('a', 2), consumer('b', 3), breaks(), fails(), nested(), delegate()):
    loop.add(coroutine)
loop.run()
for entry in loop.log:
    print(entry)


async def thrown():
    try:
        async for item in count(3):
            print('item', item)
    except ZeroDivisionError as error:
        print('caught', error, type(error.__context__).__name__)
        raise ValueError('from handler')


c = thrown()
print(c.send(None))
try:
    c.throw(ZeroDivisionError('thrown in'))
except ValueError as error:
    print(repr(error), repr(error.__context__))

g = count(2)
step = g.asend(None)
print(step.send(None))
try:
    step.throw(KeyError('k'))
except KeyError as error:
    print('through', error)
try:
    g.asend(None).send(None)
except StopAsyncIteration as error:
    print('ended', error.args)
