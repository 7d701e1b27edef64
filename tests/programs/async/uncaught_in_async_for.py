# An error inside an asynchronous generator, two awaits deep, that nobody catches.
async def inner(n):
    return 1 // n


async def numbers():
    for n in (2, 1, 0):
        yield await inner(n)


async def main():
    async for number in numbers():
        print(number)


try:
    main().send(None)
except StopIteration:
    print('not reached')
