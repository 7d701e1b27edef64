# del, global, nonlocal, and names that are not there.
x = 1
del x
try:
    print(x)
except NameError as error:
    print(error)
y = [1, 2, 3]
d = {"a": 1, "b": 2}
del y[0], d["a"]
print(y, d)


def local_before_assignment():
    print(count)
    count = 1


def deleted():
    value = 1
    del value
    return value


def free():
    def inner():
        return later

    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error)
    later = 5
    return inner()


for function in (local_before_assignment, deleted, free):
    try:
        print(function())
    except NameError as error:
        print(type(error).__name__, error)
counter = 0


def bump():
    global counter, made_here
    counter += 1
    made_here = counter * 10


bump()
bump()
print(counter, made_here)


def outer():
    a = 1

    def middle():
        nonlocal a
        a += 1

        def inner():
            nonlocal a
            a *= 10

        inner()

    middle()
    return a


print(outer(), [n for n in ("counter", "made_here", "value", "d") if n in globals()], "x" in globals())
