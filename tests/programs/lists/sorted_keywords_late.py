"""sorted() takes all items before it looks at its keywords."""


def t(f):
    try: print(f())
    except BaseException as e: print(type(e).__name__, e)

class B:
    def __bool__(self): print('bool'); raise ValueError
    def __iter__(self): print('iter'); return iter([2,1])


t(lambda: sorted(B(), foo=1))
t(lambda: sorted(B(), key=1, foo=1))
t(lambda: sorted(B(), reverse=True))
t(lambda: sorted(B(), key=1, reverse=B()))
t(lambda: sorted())
t(lambda: sorted([2,1], 1))
