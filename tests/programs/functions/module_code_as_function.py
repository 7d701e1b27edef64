# Code of a module or a class body, made a function: its names are the globals.
Function = type(lambda: 0)
names = {'print': print, '__name__': 'here'}
call = Function(compile('x = 1\nprint(x)\nclass A: y = x', 'm', 'exec'), names)
print(call(), sorted(name for name in names if name[0] != '_'), names['A'].y)
body = compile('class B:\n z = 3\n print(z, x)', 'm', 'exec').co_consts[0]
call = Function(body, names)
print(call(), names['z'], names['__qualname__'], sorted(name for name in names if name[0] == '_'))
print(Function(compile('1 + 2', 'm', 'eval'), {})())
value = 7


def use(given):
    return eval(compile('value', 'm', 'eval'))


print(use(1), Function(compile('given = locals() is globals()', 'm', 'exec'), globals())(), given)
