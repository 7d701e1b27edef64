# The singletons.
def nothing():
    pass


print(None, nothing(), [].append(1), print("printed"), type(None)() is None, None is None, None == False, bool(None))
print(..., Ellipsis is ..., type(...), bool(...), [..., None], {None: "none", ...: "dots"}[None])
print(NotImplemented, type(NotImplemented), (1).__add__("a"), (1).__eq__("a"), "a".__lt__(1), object().__eq__(1))
print(True + True, True is True, isinstance(True, int), True == 1, str(True), repr(False), True & False, not None, bool.__mro__[1])
x = None
if x is None:
    x = []
x = x or "default"
print(x, None or 5, None and 5, None if x else 1)


def optional(value=None, *, flag=None):
    return value is None, flag is None


print(optional(), optional(0), optional(None, flag=False))
for what in (lambda: None.x, lambda: None[0], lambda: None + None, lambda: None(), lambda: iter(None), lambda: len(None), lambda: None < None, lambda: [][None]):
    try:
        what()
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)
print(sorted([3, 1, 2], key=None), {None} == {None}, hash(None) == hash(None), None in [None], [None].count(None))
