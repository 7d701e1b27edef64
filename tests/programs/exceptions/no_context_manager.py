# What `with` says of objects that lack its methods.
def with_methods(*names):
    return type("Some", (), {name: lambda self, *args: None for name in names})()


async def asynchronously(manager):
    async with manager:
        pass


METHODS = "__enter__", "__exit__", "__aenter__", "__aexit__"
for some in range(16):
    names = [name for bit, name in enumerate(METHODS) if some >> bit & 1]
    manager = with_methods(*names)
    try:
        with manager:
            pass
    except Exception as error:
        print(names, error)
    try:
        asynchronously(manager).send(None)
    except StopIteration:
        print("stopped")
    except Exception as error:
        print(names, error)
