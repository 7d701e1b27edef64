"""UnicodeErrors whose places lie anywhere, and what they say."""


def f(c,*a, **k):
    try:
        e = c(*a)
        for n, v in k.items(): setattr(e, n, v)
        print(str(e), '|', getattr(e,'start',None), e.end)
    except BaseException as x: print(type(x).__name__, x)
for s, t in [(0,1),(0,2),(1,2),(5,6),(6,7),(7,8),(6,6),(5,5),(-1,0),(-1,1),(-5,-4),(0,0),(3,2),(1000,1001),(5,1000),(6,1000),(2,0)]:
    f(UnicodeEncodeError,'a','abcdef',s,t,'why')
    f(UnicodeDecodeError,'a',b'abcdef',s,t,'why')
    f(UnicodeTranslateError,'abcdef',s,t,'why')
for o in '', 'x', 'é', '\u1234', '\U00012345':
    f(UnicodeEncodeError,'a',o,0,1,'why')
