"""The set of conditional annotations is a name that the program may bind to something else."""


def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)


for value in 1, [], {}, None, (x for x in ()), frozenset():
    def f():
        exec('if 1:\n  x: int = 1\n__conditional_annotations__ = v\nif 1:\n  y: int = 2\nprint(sorted(v))', {'v': value})
    t(f)
