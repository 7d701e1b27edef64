# Unions tell their members apart by hash and ==; a member without a hash is compared with the others that have none.
import _typing

Union = _typing.Union


class Meta(type):
    def __hash__(cls):
        print('hash', cls.__name__)
        if cls.code is None:
            raise ValueError(cls.__name__)
        return cls.code

    def __eq__(cls, other):
        print('eq', cls.__name__, other.__name__)
        return cls.value == other.value


def make(name, code, value):
    return Meta(name, (), {'code': code, 'value': value})


A, B, C = make('A', 7, 1), make('B', 7, 2), make('C', 7, 1)
X, Y, Z = make('X', None, 1), make('Y', None, 2), make('Z', None, 1)

print('made')
one = A | B
print(one.__args__ == (A, B))
print((A | C) is A, len(Union[A, B, C, int, None].__args__))
print('hash of one')
print(hash(one) == hash(B | A))
print('equal')
print(one == (B | A), one != (A | int), one == 3)

print('without a hash')
none = X | Y | Z | int
print(none.__args__)
for attempt in range(2):
    try:
        hash(none)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
    X.code = Y.code = Z.code = 5
X.code = Y.code = Z.code = None
print(none == (Y | int | X), none == (A | X), none != (int | Y | X), (X | int) == (X | Y | int))

print('what cannot be a type')
for left, right in ((int, 3), (int, 'x'), (3, 4), (None, None)):
    try:
        print(left | right)
    except TypeError as error:
        print(error)
print((int | str) | 3, 3 | (int | str))
for given in ((), (1, 2), ((1, 2), int)):
    try:
        print(Union[given])
    except TypeError as error:
        print(error)
try:
    type(one)(int, str)
except TypeError as error:
    print(error)
try:
    (int | str)[int]
except TypeError as error:
    print(error)
