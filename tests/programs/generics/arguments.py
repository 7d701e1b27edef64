# Arguments in the place of type parameters, and the errors of wrong ones.
def show(text):
    """What an expression gives, or what it raises."""
    try:
        print(text, '->', eval(text))
    except Exception as error:
        print(text, '!!', type(error).__name__, error)


class C[T]: pass
T=C.__type_params__[0]
G=C.__bases__[0]
def f[**P, *Ts](): pass
P,Ts=f.__type_params__
type X[A,B=int]=dict[A,B]
class D[*A]: pass
class E[T,**Q]: pass
class F[A, B=str]: pass
import sys


def define(source):
    exec(source, globals())


for text in (
    "type(X)('n')",
    "type(X)('n',1,2)",
    "type(X)('n',1,foo=1)",
    "type(T)('n',foo=1)",
    'type(T)(1)',
    'type(P)(1)',
    'type(Ts)(1)',
    "type(Ts)('a',1)",
    "type(P)('a',1)",
    "define('class Q(T): pass')",
    "define('class Q(X): pass')",
    "define('class Q(P.args): pass')",
    "define('class Q(G): pass')",
    "define('class Q(G[T],C[P]): pass')",
    "define('class Q(C[T],G[P]): pass')",
    'D[int,str]',
    'D[()]',
    'D[int]',
    'D[*tuple[int,str]]',
    'E[int,[str,int]]',
    'E[int,...]',
    'E[int,P]',
    'E[int,str]',
    'F[int]',
    'F[int,bool]',
    'F[int].__args__',
    'F[()]',
    'X[int]',
    'X[int,bool]',
    'X[()]',
    'X[int,int,int]',
    'X.__value__[int,str]',
    'X.__value__[int]',
    'list[T][int]',
    'list[list[T]][int]',
    '(T|int)[str]',
    '(T|int)[int]',
    '(list[T]|int)[str]',
    'C[list[T]][int]',
    'list[C[T]][int]',
    'C[None]',
    'C[...]',
    'C.x',
    'C[int].x',
    'C[int].__x__',
    'C[int].__name__',
    'C[int].__module__',
    'list(list[int])',
    'list(C[int])',
    'type(C[int])==type(G[T])',
    '{C[int]:1}[C[int]]',
    'C[int]|None',
    'None|C[int]',
    'C[int]|C[str]',
    'T|T',
    'T|None|T',
    'X|X',
    'X|None|X',
    'X|T',
    'hash(T|int)==hash(int|T)',
    'T|1',
    '1|T',
    'X|1',
    'P|int',
    'Ts|int',
    'list[P]',
    'P.args|int',
    'list[int]|T',
    'isinstance(C(),C)',
    'G.__parameters__',
    'C[T].__parameters__',
    'list[T].__parameters__',
    'dict[T,list[P]].__parameters__',
    'tuple[*Ts].__parameters__',
    'tuple[*Ts]',
    'tuple[*Ts][int,str]',
    'tuple[int,*Ts][str,bool]',
    'tuple[*tuple[int,str]]',
    '(*tuple[int],)',
    '(*tuple[int],)[0].__unpacked__',
    'tuple[int].__unpacked__',
    'list[T][P]',
    'list[T][*Ts]',
    'C[int].__class__',
    'C[int].__origin__',
    '(int|str).__parameters__',
    '(T|str).__parameters__',
    '(T|list[P]).__parameters__',
    'T.__eq__(T)',
    'C[int]!=C[int]',
    'C[int]==C[bool]',
    'G[T]==G[T]',
    'G[T] is G[T]',
    'type(G[T])',
    'type(iter(Ts))',
    'next(iter(Ts)) is next(iter(Ts))',
    'next(iter(Ts))==next(iter(Ts))',
    'next(iter(Ts)).__origin__',
    'next(iter(Ts)).__args__',
    'type(T).__name__,type(T).__qualname__',
    'type(T)',
    'type(C[int]).__module__',
    'C.__orig_bases__[0] is G[T]',
    'C[int].__orig_class__',
    'C[int]().__orig_class__',
    'C[1,]',
    "list['int']",
    'type(next(iter(Ts)))',
):
    show(text)
