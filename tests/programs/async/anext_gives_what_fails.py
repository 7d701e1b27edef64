# What __anext__ gives is asked for its __await__; whatever goes wrong there is the cause of a TypeError.
class Items:
    def __init__(self, given):
        self.given = given

    def __aiter__(self):
        return self

    def __anext__(self):
        return self.given


class Failing:
    def __init__(self, error):
        self.error = error

    def __await__(self):
        raise self.error


class Odd:
    def __await__(self):
        return 3


class Ending:
    def __await__(self):
        yield 'waiting'
        raise StopAsyncIteration


async def main(given):
    async for item in Items(given):
        print(item)
    return 'done'


for given in Failing(ZeroDivisionError('zero')), Failing(StopAsyncIteration()), Odd(), 3, Ending():
    coroutine = main(given)
    try:
        print(coroutine.send(None))
        coroutine.send(None)
    except (TypeError, StopIteration) as error:
        print(type(error).__name__, error, repr(error.__cause__), repr(error.__context__))
