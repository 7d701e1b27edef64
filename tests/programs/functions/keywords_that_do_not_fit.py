# What is said of keyword arguments: all that are positional only, and a double one before one that is no str.
def only(a, b, /, c):
    pass


for call in [
    lambda: only(1, c=3, b=2, a=1),
    lambda: only(a=1, c=2),
    lambda: only(1, 2, d=1, a=2),
    lambda: only(**{1: 3}, **{1: 5}),
    lambda: only(**{1: 3}),
]:
    try:
        call()
    except TypeError as error:
        print(error)
