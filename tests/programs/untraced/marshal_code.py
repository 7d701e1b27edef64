# Code objects as marshal writes them, and what becomes of them when they are read.
import marshal

SOURCE = '''
def outer(x, *rest, key='word', **names):
    "What it does."
    def inner():
        return x + 1000, (1, 2, 'a b'), 'a b'
    return inner, 1.5, 5 in {7, 8}
class Thing:
    'A thing.'
    size: int = 3
    def method(self, /):
        return self.size
    @staticmethod
    def where():
        return __class__
'''

FUNCTION = '''
def function(a=1, *b, c="xy", **d):
    "doc string"
    k = (1, 2, "a b")
    z = 1.5
    w = "a b"
    return lambda: (k, "a b", 1.5, {1, 2}, 5 in {7, 8})
'''
scope = {}
exec(compile(FUNCTION, "<function>", "exec"), scope)
print(marshal.dumps(scope["function"].__code__))
print(marshal.dumps([scope["function"].__code__, scope["function"].__doc__, "function", "a", "unknown"]))
kept = scope["function"].__code__.co_consts[3]
print(marshal.dumps(scope["function"].__code__))

code = compile(SOURCE, "<source>", "exec")
written = marshal.dumps(code)
print(written)
print(marshal.dumps(compile("a+b", "<source>", "eval")))
print(marshal.dumps([code, code, "word", "outer", 1000]))
print(marshal.dumps(code, 4), marshal.dumps(code, 2))
del code

read = marshal.loads(written)
namespace = {}
exec(read, namespace)
inner, half, isin = namespace["outer"](5)
print(inner(), half, isin, namespace["outer"].__doc__, inner.__code__.co_filename)
thing = namespace["Thing"]()
print(thing.method(), thing.where() is namespace["Thing"], thing.__doc__)
print([type(constant).__name__ for constant in read.co_consts], read.co_names, read.co_flags)
shared = [1, (2, 3)]
print(marshal.loads(marshal.dumps([shared, shared, compile("1.5", "<source>", "eval")]))[0])

print("what is no code is refused")
damaged = bytearray(written)
damaged[1:5] = b"\xff\xff\xff\xff"
for bytes in (damaged, b"c" + b"\0" * 20 + b"N" * 20):
    try:
        print(marshal.loads(bytes))
    except (ValueError, TypeError, EOFError, SystemError) as error:
        print("refused")
