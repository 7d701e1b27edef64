# type.__flags__: what CPython notes of a type.
import _ast
from _collections import defaultdict, deque, OrderedDict


class Plain: pass
class Slots: __slots__ = ("a",)
class Nothing: __slots__ = ()
class Dict: __slots__ = ("__dict__",)
class Weak: __slots__ = ("__weakref__",)
class Int(int): pass
class List(list): pass
class Mapping(dict): pass
class Tuple(tuple): pass
class Bare(tuple): __slots__ = ()
class Str(str): pass
class Bytes(bytes): pass
class Error(Exception): pass
class Meta(type): pass
class Name(_ast.Name): pass
class Float(float): pass
class Derived(Plain): __slots__ = ("x",)
class Open(Slots): pass
class Array(bytearray): pass
class Frozen(frozenset): pass
class Late: pass
class Concrete(Late): pass


Late.__abstractmethods__ = frozenset({"f"})
for cls in (
    Plain, Slots, Nothing, Dict, Weak, Int, List, Mapping, Tuple, Bare, Str, Bytes, Error, Meta, Name, Float, Derived,
    Open, Array, Frozen, Late, Concrete,
):
    print(cls.__name__, hex(cls.__flags__))
Late.__abstractmethods__ = frozenset()
print(hex(Late.__flags__))
for cls in (
    object, type, int, bool, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, range, slice,
    memoryview, property, staticmethod, classmethod, super, zip, map, enumerate, BaseException, Exception, ValueError,
    OSError, type(None), type(...), type(print), type(_ast), type(iter([])), type({}.keys()), type(int | str),
    type(list[int]), deque, OrderedDict, defaultdict, _ast.AST, _ast.expr, _ast.Name,
):
    print(cls.__name__, hex(cls.__flags__))
