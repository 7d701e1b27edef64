# type(), isinstance(), issubclass(), and the builtin types as objects.
values = [1, True, 1.5, 1j, "s", b"b", [1], (1,), {1}, {1: 1}, None, ..., range(1), slice(1), len, int, print, lambda: 0, ValueError(), NotImplemented, frozenset(), iter([]), (x for x in []), zip(), map(str, []), enumerate([]), {}.keys(), {}.items(), super, property(), object(), type, bytearray(b"a"), reversed([]), "".join, [].append]
for value in values:
    print(type(value).__name__, type(type(value)).__name__, end="; ")
print()
print(isinstance(True, int), isinstance(1, bool), isinstance(1, (str, float)), isinstance([], object), isinstance(int, type), isinstance(1, int | str), issubclass(bool, int), issubclass(int, object), issubclass(int, (str, object)))
print(int, str, type, type(None), ValueError, type(lambda: 0), type(len), type(...), type(NotImplemented), object)
print(int.__name__, int.__mro__, bool.__bases__, type.__mro__, int.__class__, type.__class__ is type, object.__base__)
print(int("5"), int(), str(), float(), bool(), list(), tuple(), dict(), set(), complex(), bytes())
print(type(1)(5.9), type("")(5), [t(0) for t in (int, float, str, bool)], type([])((1, 2)))
kinds = {int: "int", str: "str"}
print([kinds.get(type(v), "?") for v in (1, "a", 2.5)], int is int, int == int, int != str)
for what in (lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: int(None), lambda: str(1, 2), lambda: list(5), lambda: dict(5), lambda: type(1, 2), lambda: bool(1, 2), lambda: tuple(1, 2)):
    try:
        print(what())
    except TypeError as error:
        print(error)
