# What athrow() throws in may end an asynchronous generator, which is a StopAsyncIteration for who awaits it.
async def numbers():
    try:
        yield 1
    except ZeroDivisionError:
        print("caught")


async def main():
    generator = numbers()
    print(await generator.__anext__())
    try:
        print(await generator.athrow(ZeroDivisionError))
    except StopAsyncIteration as error:
        print(repr(error), error.__context__)
    generator = numbers()
    print(await generator.__anext__())
    for _ in range(2):
        try:
            print(await generator.athrow(ValueError))
        except (ValueError, StopAsyncIteration) as error:
            print(repr(error), error.__context__)


try:
    main().send(None)
except StopIteration as stop:
    print("ended", stop.value)
