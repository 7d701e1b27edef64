# What stands for the function that computes a bound, constraints or a default, where a call has given it.
import _typing

TypeVar, TypeAliasType = _typing.TypeVar, _typing.TypeAliasType
T = TypeVar('T', bound=int, default=str)
bound = T.evaluate_bound
print(type(bound), bound, bound(1), bound(2), bound(4), T.evaluate_bound is bound)
for args in ((), (1, 2), ('a',), (5,), (True,)):
    try:
        print(bound(*args))
    except TypeError as error:
        print(error)
try:
    bound(format=1)
except TypeError as error:
    print(error)
U = TypeVar('U', int, 'a', None)
print(U.evaluate_constraints, U.evaluate_constraints(1), U.evaluate_constraints(4))
print(U.evaluate_bound, U.evaluate_default, U.has_default(), T.has_default())
for value in (list[int], None, 'x', [int, str], (int,), ..., print, int | str, 3):
    alias = TypeAliasType('A', value)
    print(alias.evaluate_value, alias.evaluate_value(1), alias.evaluate_value(4))
P, Ts = _typing.ParamSpec('P', default=[int]), _typing.TypeVarTuple('Ts', default=int)
print(P.evaluate_default, P.evaluate_default(4), Ts.evaluate_default, Ts.evaluate_default(4))
try:
    type(bound)()
except TypeError as error:
    print(error)


class Shown:
    def __repr__(self):
        return 'shown'


print(TypeVar('V', bound=Shown, default=Shown()).evaluate_default)
