# Classes, functions and aliases with type parameters, and what can be asked of them.
def show(text):
    """What an expression gives, or what it raises."""
    try:
        print(text, '->', eval(text))
    except Exception as error:
        print(text, '!!', type(error).__name__, error)


class C[T]:
    def get(self) -> T: ...
print(C, C.__type_params__, C.__parameters__, C.__orig_bases__, C.__bases__, C.__mro__)
T=C.__type_params__[0]
print(repr(T), T.__name__, T.__bound__, T.__constraints__, T.__default__, T.has_default(), T.__covariant__, T.__contravariant__, T.__infer_variance__, T.__module__, type(T), T.evaluate_bound, T.evaluate_constraints, T.evaluate_default)
print(C[int], type(C[int]), C[int] is C[int], C[int]==C[int], C[int].__origin__, C[int].__args__, C[int].__parameters__)
print(C[int]().__orig_class__)
def f[U: int = bool, *Ts = *tuple[int,str], **P = [int]](x: U, *args: *Ts) -> U: return x
print(f.__type_params__, f.__annotations__)
U,Ts,P=f.__type_params__
print(U.__bound__, U.__default__, U.has_default(), U.evaluate_bound(1))
print(P.args, P.kwargs, P.args.__origin__, type(P.args), type(P.kwargs), P.__default__, type(P), type(Ts), Ts.__default__, list(Ts), type(list(Ts)[0]))
print(P.args == P.args, P.args is P.args)
type X = list[int]
print(X, X.__value__, X.__name__, X.__type_params__, X.__module__, type(X), X.__parameters__)
type Y[A, B] = dict[A, B]
print(Y, Y.__value__, Y[int, str], type(Y[int,str]), Y.__parameters__, Y[int,str].__args__, Y[int,str].__parameters__, Y[int,str].__origin__)
print(Y.__value__[int,str])
type R = int | R2
try: R.__value__
except NameError as e: print(e)
print(T|int, int|T, T|None, X|int, X|None, type(T|int))
class D(C[int]): pass
print(D.__orig_bases__, D.__bases__, D.__mro__)
class E[K, V](C[K], dict[K,V]): pass
print(E.__orig_bases__, E.__bases__, E.__parameters__)
print(E[int,str], E[int, T], E[int,T].__parameters__, E[int,T][str])

for text in (
    'C[int,str]',
    'C[()]',
    'X[int]',
    'isinstance(1, C[int])',
    'issubclass(int, C[int])',
    'isinstance(1,X)',
    'isinstance(1,T)',
    'T()',
    "type(T)('x')",
    'T[int]',
    "type('q',(T,),{})",
    "type('q',(X,),{})",
    'type(T)()',
    'T.foo',
    'T.__name__ == 1',
    "setattr(T,'__name__',1)",
    "setattr(T,'z',1)",
    'C[1]',
    'list[T][int,str]',
    'list[T][int][str]',
    'C[T][int]',
    'C[T] is C',
    'C[int][str]',
    "type(X)('n', 3)",
    'type(X)(1,2)',
    "type(Ts)('a')",
    "type(P)('a')",
    "type(T)('a', int)",
    "type(T)('a', int, str, bound=int)",
    "type(T)('T', covariant=True)",
    "type(T)('T', covariant=True, contravariant=True)",
    "type(T)('T', bound=int).__bound__",
    "type(T)('T',int,str).__constraints__",
    "type(T)('T').__module__",
    "type(P)('a').__module__",
    "type(Ts)('a').__module__",
    "type(P)('P', covariant=True)",
    'X.__dict__',
    "setattr(X,'a',1)",
    'type(P.args)',
    'C.__bases__[0]',
    'C.__bases__[0][int]',
    'C.__bases__[0][T]',
    'C.__bases__[0][T,T]',
    'C.__bases__[0][()]',
    'type(C.__bases__[0])',
    'C.__bases__[0].__module__',
    'T.__default__',
    'repr(T.__default__)',
    'type(T.__default__)',
    'type(T.__default__)()',
    'T.__hash__()==hash(T)',
    'X==X',
    'T==T',
    'f.__type_params__',
    "setattr(f,'__type_params__',(1,))",
    'f.__type_params__',
    "setattr(f,'__type_params__',1)",
    'C.__type_params__',
    'int.__type_params__',
    "setattr(C,'__type_params__',3)",
    'C.__type_params__',
    'P.__name__',
    "type(X)('n', 3, type_params=(T,)).__type_params__",
    "type(X)('n', 3, type_params=1)",
    "type(X)('n', 3).__value__",
    "type(X)('n', 3).__module__",
    'U.__reduce__()',
    'P.__reduce__()',
    'X.__reduce__()',
    'Ts.__reduce__()',
    "type(P)('P', bound=int)",
    'P.__covariant__, P.__bound__,P.__infer_variance__',
    'Ts.has_default(), P.has_default()',
):
    show(text)
