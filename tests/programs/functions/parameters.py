# Every kind of parameter, and every way to call.
def plain(a, b):
    return a, b


def defaults(a, b=2, *, c=3, d):
    return a, b, c, d


def everything(a, b, /, c, d=4, *args, e, f=6, **kwargs):
    return a, b, c, d, args, e, f, kwargs


def gather(*args, **kwargs):
    return args, kwargs


print(plain(1, 2), plain(b=1, a=2), plain(1, b=2), plain(*[1, 2]), plain(**{"a": 1, "b": 2}), plain(*"x", **{"b": "y"}))
print(defaults(1, d=4), defaults(1, 5, d=6, c=7))
print(everything(1, 2, 3, e=5), everything(1, 2, 3, 4, 5, 6, e=7, z=8), everything(1, 2, c=3, e=5, a=9))
print(gather(), gather(1, *[2, 3], 4, *(5,), x=1, **{"y": 2}, z=3, **{}))
calls = [
    lambda: plain(1),
    lambda: plain(),
    lambda: plain(1, 2, 3),
    lambda: plain(1, 2, c=3),
    lambda: plain(1, a=2),
    lambda: defaults(1),
    lambda: defaults(1, 2, 3, d=4),
    lambda: everything(1, b=2, c=3, e=4),
    lambda: gather(**{"a": 1}, **{"a": 2}),
    lambda: gather(**{1: 2}),
    lambda: gather(*5),
    lambda: gather(**5),
    lambda: plain(*[1, 2, 3, 4]),
    lambda: everything(),
]
for call in calls:
    try:
        print(call())
    except TypeError as error:
        print(error)
