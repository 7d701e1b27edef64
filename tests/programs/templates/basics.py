# Template strings, what they are made of, and how they are joined.
def show(text):
    """What an expression gives, or what it raises."""
    try:
        print(text, '->', eval(text))
    except Exception as error:
        print(text, '!!', type(error).__name__, error)


x=3; name='bob'
t=t"a{x}b{name!r:>10}{x:{x}}"
print(t, type(t), type(t.interpolations[0]))
print(t.strings, t.interpolations, t.values, list(t))
T=type(t); I=type(t.interpolations[0])
i=t.interpolations[1]
print(i.value,i.expression,i.conversion,i.format_spec,I.__match_args__)

for text in (
    "T('a',I(1),'b','c')",
    'T()',
    'T(1)',
    'T(x=1)',
    'I()',
    'I(1,2)',
    "I(1,'a','z')",
    "I(1,'a','r')",
    "I(1,'a',None,3)",
    "I(1,expression='e',conversion='s',format_spec='f')",
    't+t',
    "t+'a'",
    "'a'+t",
    't+1',
    "next(iter(t'a'))",
    "list(t'')",
    "t''",
    "t'' == t''",
    "hash(t'') is None",
    't.strings is t.strings',
    'T[int]',
    'I[int]',
    't.foo',
    "setattr(t,'strings',1)",
    "setattr(i,'value',1)",
    'i.__reduce__()',
    'len(t)',
    't[0]',
    "type('S',(T,),{})",
    "type('S',(I,),{})",
    'str(t)',
    'format(t)',
    "t'{{}}{x}'",
    "t'{x=}'",
    "t'{x!s}'",
    "t'{x!a}'",
    "t'a' t'b{x}'",
    'T.__name__,T.__qualname__,T.__module__',
    "t + t''",
    "t'{undefined}'",
    "t'{x:{undefined}}'",
    'I(1,2,3,4)',
    "I('v',value=1)",
    "t'{x}'.interpolations[0].expression",
    "t'{ x + 1 }'.interpolations",
    "I(1,'a','rr')",
    "I(1,'a',1)",
    't*2',
    'hash(t)==hash(t)',
    'isinstance(t,T)',
    "t'{[1,2]!r:x}'",
):
    show(text)

match t.interpolations[0]:
    case I(v, e, c, f): print(v,e,c,f)
