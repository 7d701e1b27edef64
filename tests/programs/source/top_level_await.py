# compile() with ast.PyCF_ALLOW_TOP_LEVEL_AWAIT: a module that awaits is a coroutine.
FLAG = 0x2000


class Soon:
    def __init__(self, *values):
        self.values = values

    def __await__(self):
        got = yield 'waiting for', self.values[0]
        return got

    async def __aenter__(self):
        print('enter', self.values)
        return self.values

    async def __aexit__(self, *exception):
        print('exit', exception[0])

    async def __aiter__(self):
        for value in self.values:
            yield value


def drive(coroutine, *answers):
    answers = iter(answers)
    answer = None
    while True:
        try:
            print('gives', coroutine.send(answer))
        except StopIteration as stop:
            return stop.value
        answer = next(answers, None)


for source, mode in (
    ('await Soon(1)', 'eval'), ('x = await Soon(1) + await Soon(2)\nprint(x)', 'exec'), ('await Soon(3)\n', 'single'),
    ('async for i in Soon(4, 5): print(i)', 'exec'), ('async with Soon(6) as y: print(y)', 'exec'),
    ('print([i async for i in Soon(7, 8)])', 'exec'), ('print([await Soon(i) for i in (1, 2)])', 'exec'),
    ('{await Soon(i): i for i in (1, 2)}', 'eval'), ('[[j async for j in Soon(k)] for k in (1, 2)]', 'eval'),
):
    code = compile(source, '<top>', mode, flags=FLAG)
    names = {'Soon': Soon}
    made = eval(code, names)
    print(hex(code.co_flags), type(made).__name__, made.__name__, drive(made, 10, 20, 30))
for source, mode in (
    ('1', 'eval'), ('x = 1', 'exec'), ('(await Soon(i) for i in (1, 2))', 'eval'), ('(i async for i in Soon(1))', 'eval'),
    ('async def f(): await Soon(1)', 'exec'),
):
    code = compile(source, '<top>', mode, flags=FLAG)
    print(hex(code.co_flags), type(eval(code, {'Soon': Soon})).__name__)
for source in (
    'def f(): await x', 'class A: await x', 'lambda: await x', 'class A: [i async for i in y]', 'x: await y',
    'def f():\n async for i in x: pass', 'class A:\n async with x: pass', 'def f[T: await x](): pass',
):
    try:
        compile(source, '<top>', 'exec', flags=FLAG)
    except SyntaxError as error:
        print(error)
try:
    compile('await x', '<top>', 'exec')
except SyntaxError as error:
    print(error)
