# Talking to a generator: send, throw, close.
def echo():
    received = []
    try:
        while True:
            try:
                value = yield len(received)
                received.append(value)
            except ValueError as error:
                print("caught", error)
                received.append("error")
    finally:
        print("closing with", received)


g = echo()
print(next(g), g.send("a"), g.send("b"), g.throw(ValueError("oops")), next(g))
g.close()
try:
    next(g)
except StopIteration:
    print("finished")
g.close()
h = echo()
try:
    h.send("too early")
except TypeError as error:
    print(error)
next(h)
try:
    h.throw(KeyError("not handled"))
except KeyError as error:
    print("out came", error)


def stubborn():
    try:
        yield 1
    except GeneratorExit:
        print("ignoring")
        yield 2


s = stubborn()
next(s)
try:
    s.close()
except RuntimeError as error:
    print(error)
print(next(s, "finished at last"))


def raises_stop():
    yield 1
    raise StopIteration("leaked")


try:
    list(raises_stop())
except RuntimeError as error:
    print(error, repr(error.__cause__))


def recursive():
    yield next(r)


r = recursive()
try:
    next(r)
except ValueError as error:
    print(error)


def averager():
    total = count = 0
    average = None
    while True:
        x = yield average
        total, count = total + x, count + 1
        average = total / count


a = averager()
next(a)
print([a.send(x) for x in (10, 20, 60)])
