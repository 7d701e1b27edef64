# What is thrown into a generator that delegates gets the exception that each of them is handling as its context.
def inner():
    yield 1


def outer():
    try:
        raise KeyError("outer")
    except KeyError:
        yield from inner()


def outermost():
    try:
        raise IndexError("outermost")
    except IndexError:
        yield from outer()


for make in outer, outermost:
    generator = make()
    next(generator)
    try:
        generator.throw(ValueError("thrown"))
    except ValueError as error:
        print(make.__name__, repr(error.__context__), repr(error.__context__.__context__))


class Waits:
    def __await__(self):
        yield "waiting"


async def handles():
    try:
        1 / 0
    except ZeroDivisionError:
        await Waits()


coroutine = handles()
print(coroutine.send(None))
try:
    coroutine.throw(TimeoutError)
except TimeoutError as error:
    print(repr(error.__context__))


class Throws:
    def __iter__(self):
        return self

    def __next__(self):
        return 2

    def throw(self, thrown):
        raise LookupError("instead") from thrown


def delegates():
    try:
        raise AttributeError("here")
    except AttributeError:
        yield from Throws()


generator = delegates()
next(generator)
try:
    generator.throw(OSError("out"))
except LookupError as error:
    print(repr(error.__context__), repr(error.__cause__))
