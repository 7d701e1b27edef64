# The state that an iterator, an exception or a copy is given must be what it says: no `__index__` is asked for an int.
class Place:
    def __index__(self):
        print("asked")
        return 1


def show(action):
    try:
        print(action())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


def moved(iterator, state):
    iterator.__setstate__(state)
    return list(iterator)


for state in (1, True, None, "a", 1.5, Place(), 2**63, -(2**63) - 1):
    for source in ([1, 2], (1, 2), "ab", b"ab", bytearray(b"ab")):
        show(lambda: moved(iter(source), state))
    show(lambda: moved(reversed([1, 2]), state))
    show(lambda: moved(reversed((1, 2)), state))
for protocol in (2**31, -(2**31) - 1, 2**63, None, "a"):
    show(lambda: object().__reduce_ex__(protocol))
error = ValueError()
show(lambda: error.__setstate__({1: 2}))
show(lambda: error.__setstate__({"name": 2}))
show(lambda: error.name)
show(lambda: error.__setstate__(5))
