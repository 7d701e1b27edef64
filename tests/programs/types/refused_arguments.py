"""Odd arguments of constructors, and other refusals."""


def t(name, f):
    try:
        print(name, f())
    except BaseException as e:
        print(name, type(e).__name__, e)


T = type(lambda: 0)
t('fdef', lambda: T((lambda: 0).__code__, {}, 'n', 1))
t('fdef2', lambda: T((lambda: 0).__code__, {}, 1))
t('fdef3', lambda: T((lambda: 0).__code__, {}, 'n', (), 1))
t('fdef4', lambda: T(1, {}))
t('fdef5', lambda: T((lambda: 0).__code__, 1))
def dd():
    class D:
        def __dir__(self): return 7
    return dir(D())
t('dir', dd)
class D3:
    @property
    def __dict__(self): return 8
t('dir3', lambda: '__class__' in dir(D3()))
class D4:
    __class__ = property(lambda s: 1)
    __dict__ = {'a': 1}
t('dir4', lambda: dir(D4())[-1])
t('slots', lambda: type('A', (), {'__slots__': b'x'}))
t('slots2', lambda: type('A', (), {'__slots__': ''}))
t('slots3', lambda: type('A', (), {'__slots__': '42'}))
t('slots4', lambda: type('A', (), {'__slots__': 'x\0y'}))
t('slots5', lambda: type('A', (), {'__slots__': ('x', 1)}))
t('slots6', lambda: type('A', (), {'__slots__': bytearray(b'x')}))
t('slots7', lambda: type('A', (), {'__slots__': 1}))
t('slots8', lambda: type('A', (), {'__slots__': ('x', 'x', '_A__y', '__y')}).__slots__)
t('slots9', lambda: type('A', (int,), {'__slots__': ('x',)}))
t('slots10', lambda: type('A', (object,), {'__slots__': ('x',), 'x': 1}))
t('slots11', lambda: type('A', (object,), {'__slots__': ('__dict__', '__dict__')}))
t('slots12', lambda: type('A', (object,), {'__slots__': {'x': 'doc'}}).x.__doc__)
t('name', lambda: type('A\0', (), {}))
t('name1', lambda: type('\udc00', (), {}))
def n2():
    A = type('A', (), {}); 
    for v in ('B\0', '\udc00', 1, b'x'):
        try: A.__name__ = v
        except BaseException as e: print(type(e).__name__, e)
    return A.__name__
t('name2', n2)
t('doc', lambda: type('A', (), {'__doc__': 'x\udcdcy'}))

Module = type(__import__("sys"))


class D2(Module):
    __dict__ = property(lambda self: 8)


t("dir2", lambda: dir(D2("a")))


class Asked:
    def __getattribute__(self, name):
        print("asked for", name)
        return object.__getattribute__(self, name)


t("dir5", lambda: len(dir(Asked())) > 20)
