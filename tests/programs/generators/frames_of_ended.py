"""The frame of a generator that has ended has nothing behind it."""

import sys
def run(body):
    fs = []
    def g():
        fs.append(sys._getframe())
        yield 1
        if body: raise ValueError
    it = g(); next(it)
    try: next(it)
    except Exception as e: pass
    print(fs[0].f_back)
    def plain(): fs.append(sys._getframe())
    plain(); print(fs[1].f_back is sys._getframe())
    it = g(); next(it); it.close(); print(fs[2].f_back)
    it = g(); next(it)
    try: it.throw(KeyError)
    except KeyError as e: tb = e.__traceback__
    print(fs[3].f_back, tb.tb_next.tb_frame.f_back)
    async def co(): fs.append(sys._getframe())
    c = co()
    try: c.send(None)
    except StopIteration: pass
    print(fs[4].f_back)
run(0); run(1)
