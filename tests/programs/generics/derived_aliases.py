# Classes derived from GenericAlias, and what type parameters say of themselves.
import _typing

GenericAlias = type(list[int])
TypeVar, ParamSpec, TypeVarTuple = _typing.TypeVar, _typing.ParamSpec, _typing.TypeVarTuple


class Loud(GenericAlias):
    __slots__ = ()

    def __repr__(self):
        return 'Loud'

    def __getitem__(self, given):
        print('given', given)
        return self.__args__


class Quiet(GenericAlias):
    pass


T, U, D = TypeVar('T'), TypeVar('U'), TypeVar('D', default=str)
loud = Loud(dict, (T, int))
print(type(loud).__name__, loud, loud[3], loud | int, list[loud], loud == dict[T, int])
quiet = Quiet(list, T)
quiet.note = 3
print(type(quiet).__name__, quiet, type(quiet[int]), quiet[int], list[quiet], quiet.__parameters__)
print(isinstance(quiet, GenericAlias), quiet(), (*Quiet(list, int),))


class Alias:
    def __init__(self, *parameters):
        self.__parameters__ = parameters

    def __str__(self):
        return 'an alias'


for param, parameters, given in (
    (T, (T, U), (int,)), (U, (T, U), (int,)), (U, (T, U, D), ()), (D, (T, D), (int,)), (D, (T, U, D), (int,)),
    (D, (T,), (int,)),
):
    try:
        print(param.__typing_prepare_subst__(Alias(*parameters), given))
    except (TypeError, ValueError) as error:
        print(error)
for alias, given in ((dict[T, U], int), (dict[T, list[D]], ()), (dict[T, list[D]], int), (dict[T, D], (int, 3, 4))):
    try:
        print(alias[given])
    except TypeError as error:
        print(error)


class Late:
    def __repr__(self):
        return 'Late()'


late = Late()
alias = dict[T, late]
print(alias.__parameters__)
late.__typing_subst__ = print
try:
    alias[int]
except TypeError as error:
    print(error)

names = {'TypeVar': TypeVar, 'ParamSpec': ParamSpec, 'TypeVarTuple': TypeVarTuple}
exec('T = TypeVar("T")\nP = ParamSpec("P")\nTs = TypeVarTuple("Ts")\ndef f[Q](): pass', names)
print(names['T'].__module__, names['P'].__module__, names['Ts'].__module__, names['f'].__type_params__[0].__module__)
for kind in (type(x for x in ()), type(int | str)):
    for given in ((), (1,)):
        try:
            kind(*given)
        except TypeError as error:
            print(error)
