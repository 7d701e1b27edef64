# The small ints from -5 to 256 are made once, when Python starts.
#
# Watch the object tags: inside the range, every computation arrives at the
# same object. One step outside, each computation makes a new one.
# (This is how CPython 3.14 does it. No program should depend on it.)


def plus_one(number):
    return number + 1


def compare(number):
    first = plus_one(number)
    second = plus_one(number)
    print(first, "== :", first == second, " is :", first is second)


compare(-7)  # gives -6: below the range
compare(-6)  # gives -5: the smallest small int
compare(0)
compare(255)  # gives 256: the largest small int
compare(256)  # gives 257: above the range

# The same holds for an int that comes out of a text.
print('int("256") is int("256"):', int("256") is int("256"))
print('int("257") is int("257"):', int("257") is int("257"))
