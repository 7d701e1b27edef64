# A return in finally, and values that wait while finally runs.
def swallow():
    try:
        1 / 0
    finally:
        return "swallowed"


def replace():
    try:
        return "first"
    finally:
        return "second"


def waits():
    x = 1
    try:
        return x
    finally:
        x = 2
        print("x is", x)


def loop():
    while True:
        try:
            return "from try"
        finally:
            break
    return "after break"


def nested():
    try:
        try:
            return "inner"
        finally:
            print("one")
    finally:
        print("two")


def raising():
    try:
        raise ValueError("first")
    finally:
        raise KeyError("second")


for f in (swallow, replace, waits, loop, nested):
    print(f())
try:
    raising()
except KeyError as error:
    print(repr(error), repr(error.__context__))


def generator():
    try:
        yield 1
        yield 2
    finally:
        print("generator closed")


for value in generator():
    print(value)
    break
print("after the loop")
