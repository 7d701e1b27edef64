# A coroutine that has ended can be resumed in no way, but closed.
async def ends():
    return 1


def attempt(method, *args):
    try:
        print("gives", method(*args))
    except BaseException as error:
        print("raises", repr(error))


made = ends()
attempt(made.send, None)
attempt(made.send, None)
attempt(made.throw, ValueError("a"))
attempt(made.close)
awaited = ends().__await__()
attempt(next, awaited)
attempt(next, awaited)
attempt(awaited.throw, ValueError("b"))
attempt(awaited.close)


async def awaits(other):
    try:
        return await other
    except BaseException as error:
        print("inside", repr(error))
        raise


attempt(awaits(made).send, None)
for given in "abc":
    never = ends()
    attempt(never.throw, KeyError(given))
    attempt(never.throw, KeyError(given))
