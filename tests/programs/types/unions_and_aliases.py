"""What unions and unpacked aliases say of themselves, and which builtin types can be given attributes."""

import _ast
import _random


def show(thunk):
    try:
        print(repr(thunk()))
    except Exception as error:
        print(type(error).__name__ + ":", error)


union = int | str
for name in "__name__", "__qualname__", "__module__", "__origin__", "__args__", "__instancecheck__", "__subclasscheck__":
    show(lambda: getattr(union, name))
print(type(union).__name__, type(union).__qualname__, type(union).__module__)
show(lambda: setattr(union, "__name__", "x"))
show(lambda: isinstance(1, union))
show(lambda: issubclass(int, union))
show(lambda: issubclass(1, union))
for alias in list[int], *list[int], *tuple[int, str], *tuple[int, ...]:
    print(alias, alias.__typing_unpacked_tuple_args__, alias.__unpacked__, alias.__origin__)

for kind in _ast.AST, _random.Random:
    kind.attribute = 1
    print(kind.attribute, _ast.Name.__mro__[-2] is _ast.AST)
    del kind.attribute
    show(lambda: kind.attribute)
for kind in int, type(union), type(len), ValueError:
    show(lambda: setattr(kind, "attribute", 1))
    show(lambda: delattr(kind, "attribute"))
print(type(sys_version := __import__("sys").version_info).major, type(show).__code__)
print(str.maketrans.__self__, bytes.maketrans.__self__, float.from_number.__self__, None.__repr__.__self__)
