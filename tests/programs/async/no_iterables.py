"""Coroutines and asynchronous generators are no iterables."""



def t(name, f):
    try:
        print(name, f())
    except BaseException as e:
        print(name, type(e).__name__, e)


async def co(): pass
c = co()
t('co', lambda: list(c))
t('co2', lambda: iter(c))
t('co3', lambda: next(c))
def yf():
    yield from c
t('co4', lambda: list(yf()))
t('co5', lambda: [*c])
t('co6', lambda: sum(c))
def yl():
    for _ in c: pass
t('co7', yl)
c.close()


async def ag():
    yield 1


a = ag()
t("ag", lambda: list(a))
t("ag2", lambda: iter(a))
t("ag3", lambda: next(a))
t("ag4", lambda: 1 in a)
