class Spy(metaclass=type("SpyType", (type,), {})):
    def __init__(self, value=1): self.value = value
    def __getattr__(self, name): note('__getattr__'); raise AttributeError(name)
    def __eq__(self, other): note('__eq__'); return self is other
    def __lt__(self, other): note('__lt__'); return True
    def __le__(self, other): note('__le__'); return True
    def __gt__(self, other): note('__gt__'); return False
    def __ge__(self, other): note('__ge__'); return False
    def __hash__(self): note('__hash__'); return 1
    def __repr__(self): note('__repr__'); return 'Spy'
    def __str__(self): note('__str__'); return 'spy'
    def __format__(self, spec): note('__format__'); return 'spy'
    def __bytes__(self): note('__bytes__'); return b'spy'
    def __bool__(self): note('__bool__'); return True
    def __len__(self): note('__len__'); return 2
    def __index__(self): note('__index__'); return self.value
    def __int__(self): note('__int__'); return self.value
    def __float__(self): note('__float__'); return 1.0
    def __complex__(self): note('__complex__'); return 1j
    def __round__(self, digits=None): note('__round__'); return 1
    def __trunc__(self): note('__trunc__'); return 1
    def __abs__(self): note('__abs__'); return 1
    def __neg__(self): note('__neg__'); return 1
    def __pos__(self): note('__pos__'); return 1
    def __invert__(self): note('__invert__'); return 1
    def __iter__(self): note('__iter__'); return iter((1, 2))
    def __reversed__(self): note('__reversed__'); return iter((2, 1))
    def __getitem__(self, key): note('__getitem__'); return (1, 2)[key] if key in (0, 1) else stop()
    def __setitem__(self, key, value): note('__setitem__')
    def __delitem__(self, key): note('__delitem__')
    def __contains__(self, item): note('__contains__'); return True
    def __call__(self, *args, **keywords): note('__call__'); return 1
    def __dir__(self): note('__dir__'); return ['a']
    def __fspath__(self): note('__fspath__'); return '/'
    def __divmod__(self, other): note('__divmod__'); return (1, 1)
    def __rdivmod__(self, other): note('__rdivmod__'); return (1, 1)
    def __pow__(self, other, modulus=None): note('__pow__'); return 1
    def __rpow__(self, other, modulus=None): note('__rpow__'); return 1
    def __length_hint__(self): note('__length_hint__'); return 2
    def __aiter__(self): note('__aiter__'); return self
    def __anext__(self): note('__anext__'); return self
    def __await__(self): note('__await__'); return iter(())
    def __instancecheck__(self, other): note('__instancecheck__'); return True
    def __subclasscheck__(self, other): note('__subclasscheck__'); return True
    def __get__(self, instance, owner): note('__get__'); return 1
    def __set_name__(self, owner, name): note('__set_name__')
    def __mro_entries__(self, bases): note('__mro_entries__'); return ()
    def __prepare__(self, *bases): note('__prepare__'); return {}


class Num(metaclass=type("NumType", (type,), {})):
    def __add__(self, other): note('__add__'); return 1
    def __radd__(self, other): note('__radd__'); return 1
    def __iadd__(self, other): note('__iadd__'); return self
    def __sub__(self, other): note('__sub__'); return NotImplemented
    def __rsub__(self, other): note('__rsub__'); return 1
    def __mul__(self, other): note('__mul__'); return NotImplemented
    def __rmul__(self, other): note('__rmul__'); return NotImplemented
    def __matmul__(self, other): note('__matmul__'); return 1
    def __rmatmul__(self, other): note('__rmatmul__'); return 1
    def __imatmul__(self, other): note('__imatmul__'); return NotImplemented
    def __truediv__(self, other): note('__truediv__'); return 1
    def __rtruediv__(self, other): note('__rtruediv__'); return 1
    def __floordiv__(self, other): note('__floordiv__'); return 1
    def __rfloordiv__(self, other): note('__rfloordiv__'); return 1
    def __mod__(self, other): note('__mod__'); return 1
    def __rmod__(self, other): note('__rmod__'); return 1
    def __lshift__(self, other): note('__lshift__'); return 1
    def __rlshift__(self, other): note('__rlshift__'); return 1
    def __rrshift__(self, other): note('__rrshift__'); return 1
    def __and__(self, other): note('__and__'); return 1
    def __rand__(self, other): note('__rand__'); return 1
    def __ior__(self, other): note('__ior__'); return self
    def __or__(self, other): note('__or__'); return 1
    def __ror__(self, other): note('__ror__'); return 1
    def __rxor__(self, other): note('__rxor__'); return 1
    def __eq__(self, other): note('__eq__'); return NotImplemented
    def __ne__(self, other): note('__ne__'); return NotImplemented
    def __lt__(self, other): note('__lt__'); return NotImplemented
    def __gt__(self, other): note('__gt__'); return NotImplemented
    def __le__(self, other): note('__le__'); return Spy()


class NumSub(Num):
    def __radd__(self, other): note('__radd__'); return 2
    def __rsub__(self, other): note('__rsub__'); return 2


class With:
    def __enter__(self): note('__enter__'); return self
    def __exit__(self, *args): note('__exit__'); return Spy()
    async def __aenter__(self): note('__aenter__'); return self
    async def __aexit__(self, *args): note('__aexit__'); return Spy()


class Async:
    def __aiter__(self): note('__aiter__'); return self
    async def __anext__(self): note('__anext__'); raise StopAsyncIteration
    def __await__(self): note('__await__'); return iter(())


class Error(Exception):
    def __init__(self, *args): note('__init__')
    def __str__(self): note('__str__'); return 'error'


class Keyed:
    def keys(self): note('keys'); return ['a']
    def __getitem__(self, key): note('__getitem__'); return 1


class Seq:
    def __len__(self): note('__len__'); return 2
    def __getitem__(self, key): note('__getitem__'); return key


class Sub(Spy):
    def __getattribute__(self, name): note('__getattribute__'); return object.__getattribute__(self, name)
    def __setattr__(self, name, value): note('__setattr__')
    def __delattr__(self, name): note('__delattr__')
    def __reduce_ex__(self, protocol): note('__reduce_ex__'); return 'Sub'
    def __sizeof__(self): note('__sizeof__'); return 1


class Base:
    def __init_subclass__(cls, **keywords): note('__init_subclass__')
    def __new__(cls, *args): note('__new__'); return super().__new__(cls)
    def __init__(self, *args): note('__init__')


class Meta(type):
    def __instancecheck__(cls, other): note('__instancecheck__'); return True
    def __subclasscheck__(cls, other): note('__subclasscheck__'); return True
    def mro(cls): note('mro'); return super().mro()
    def __call__(cls, *args): note('__call__'); return 1


class Checked(metaclass=Meta): pass


class Names(dict):
    def __getitem__(self, name): note('__getitem__'); return dict.__getitem__(self, name)
    def __setitem__(self, name, value): note('__setitem__'); dict.__setitem__(self, name, value)
    def __delitem__(self, name): note('__delitem__'); dict.__delitem__(self, name)


class Matched:
    __match_args__ = ('p', 'q')
    @property
    def p(self): note('p'); return Spy()
    @property
    def q(self): note('q'); return 1


class Described:
    def __get__(self, instance, owner): note('__get__'); return 1
    def __set__(self, instance, value): note('__set__')
    def __delete__(self, instance): note('__delete__')
    def __set_name__(self, owner, name): note('__set_name__')


class Held:
    x = Described()


def stop(): raise IndexError
def f(*args, **keywords): note('f'); return 1
def g(*args):
    note('g')
    try:
        got = yield 1
    finally:
        note('g')
    yield 2
def started():
    made = g()
    next(made)
    return made
def run(coroutine):
    try:
        coroutine.send(None)
    except StopIteration:
        pass
async def c(): note('c')
async def ag():
    note('ag')
    yield 1
class Prop:
    @property
    def p(self): note('p'); return 1
    @p.setter
    def p(self, value): note('p')
    @p.deleter
    def p(self): note('p')
