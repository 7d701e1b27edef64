# Arguments in the place of type parameters: what has to be asked, and in which order.


class Param:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name

    def __typing_subst__(self, argument):
        print('subst', self.name, argument)
        return argument


class Prepared(Param):
    def __typing_prepare_subst__(self, alias, given):
        print('prepare', self.name, alias, given)
        return given + (bytes,) if len(given) < 2 else given


class Several(Param):
    __typing_is_unpacked_typevartuple__ = True


class Named:
    def __init__(self, *parameters):
        self.__parameters__ = parameters

    def __repr__(self):
        return 'Named' + repr(self.__parameters__)

    def __getitem__(self, given):
        print('getitem', self, given)
        return given


class Asked:
    def __repr__(self):
        return 'Asked'

    def __getattr__(self, name):
        print('getattr', name)
        raise AttributeError(name)


class Opened:
    def __init__(self, *items):
        self.__typing_unpacked_tuple_args__ = items

    def __repr__(self):
        return 'Opened'


P, Q, S = Param('P'), Prepared('Q'), Several('S')
print(list[P].__parameters__, dict[P, list[P, Q]].__parameters__, tuple[[P, (Q, P)]].__parameters__)
alias = dict[P, Named(Q, P)]
print(alias.__parameters__, alias.__parameters__ is alias.__parameters__)
print(dict[str, P][int], list[list[P]][int], dict[P, P][int])
print(dict[P, Q][int], dict[P, Q][int, str])
print(alias[int])
print(tuple[[P, (Q, int)]][int, str])
print(tuple[P, Named(), Named(P)][int])
print(list[P][Opened(int)], dict[P, Q][Opened(int, str)], tuple[P, Param('R')][Opened(..., int)], list[P][Opened(int, ...)])
print((*list[P],)[0][int])
print((list[P] | int)[str], (list[P] | list[str])[str])
print(list[Asked()].__parameters__)
try:
    list[Asked()][int]
except TypeError as error:
    print('no', str(error)[:5])
try:
    print(list[P][Asked()])
except TypeError as error:
    print(error)
for alias, given in ((list[P], (int, str)), (dict[P, Param('R')], int), (list[int], int), (tuple[S], int)):
    try:
        print(alias[given])
    except TypeError as error:
        print(error)
print(tuple[S, P][(int, str), bytes])


class Unshowable(Param):
    def __repr__(self):
        raise AttributeError('no repr')


try:
    list[Unshowable('U')][int, str]
except AttributeError as error:
    print(error)
