# What a program puts in the place of __builtins__: any object with items is asked for each name that is not global.
class Names:
    def __init__(self, **names):
        self.names = names

    def __getitem__(self, name):
        print('asked for', name)
        if name == 'broken':
            raise ValueError(name)
        return self.names[name]


class Dict(dict):
    def __getitem__(self, name):
        print('dict asked for', name)
        return super().__getitem__(name)


def imported(*args):
    print('import', args[0], args[3:])
    return 'module'


def attempt(source, builtins, **names):
    names['__builtins__'] = builtins
    try:
        exec(source, names)
    except Exception as error:
        print(type(error).__name__, error)
    return names


for kind in Names, Dict:
    names = kind(print=print, len=len, __import__=imported, __build_class__=__build_class__, x=3)
    attempt('print(len("abc"), x)', names)
    attempt('print(missing)', names)
    attempt('def f(): return len("ab")\nprint(f(), f.__builtins__ is __builtins__)', names)
    attempt('import a.b, c\nprint(c)', names)
    attempt('from a import strip', names)
    attempt('class C: y = x\nprint(C.y)', names, __name__='here')
    print(eval('[len(i) for i in ("a", "bc")]', {'__builtins__': names}))
    attempt('x = 1\nprint(x)', names)
    attempt('def g():\n global x\n x = 5\n return x\nprint(g())', names)
    empty = kind()
    attempt('import a', empty)
    attempt('class C: pass', empty)
    attempt('x', empty)
attempt('broken', Names())
attempt('x', [])
attempt('x', 'text')
attempt('x', object())


def use():
    return len('four')


Function = type(use)
print(Function(use.__code__, {'__builtins__': Names(len=len)})())
print(Function(use.__code__, {'__builtins__': {'len': lambda text: text}})())
