# A closure keeps variables, not values.
#
# Watch the cells: `total` lives in a cell, a small box that the frame of
# make_counter and the inner function both hold. The frame is gone after the
# return, but the box stays.


def make_counter(start):
    total = start

    def add(amount):
        nonlocal total
        total = total + amount
        return total

    return add


first = make_counter(0)
second = make_counter(100)
print(first(1), first(1), first(1))
print(second(5), first(1))
print("in the box:", first.__closure__[0].cell_contents)

# A well-known surprise: three functions, but only one box for `i`.
functions = []


def fill():
    for i in range(3):
        functions.append(lambda: i)


fill()
print([function() for function in functions])

# A default value is worked out at once, so each function has its own.
print([function() for function in [lambda i=i: i for i in range(3)]])
