# map, filter, zip, enumerate, reversed are lazy and call back in order.
def show(name):
    def inner(*args):
        print(name, *args)
        return args[0]

    return inner


m = map(show("map"), [1, 2, 3])
print("made", type(m).__name__)
print(next(m))
print(list(m))
f = filter(show("filter"), [0, 1, 0, 2])
print(next(f), list(f))
z = zip(map(show("left"), "ab"), map(show("right"), "xyz"))
print(next(z), list(z))
e = enumerate(map(show("e"), "pq"), start=10)
print(next(e), next(e), next(e, "end"))
print(list(map(pow, [2, 3], [3, 2])), list(map(str, [])))
nested = map(show("outer"), map(show("inner"), [1, 2]))
print(sum(nested))
print(any(map(show("any"), [0, 5, 6])), all(map(show("all"), [1, 0, 2])))
print(max(map(show("max"), [3, 1, 2])), min([1, 2], key=show("key")), sorted([2, 1], key=show("sort")))
print(list(zip([1, 2, 3], [4, 5, 6], [7, 8])), dict(map(lambda k: (k, len(k)), ["a", "bb"])), tuple(reversed((1, 2))))
x, y = map(int, "3 4".split())
print(x + y, " ".join(map(str, range(3))), list(filter(str.isdigit, "a1b2")), set(map(abs, [-1, 1])))
try:
    list(map(lambda x: 1 / x, [1, 0]))
except ZeroDivisionError as error:
    print(error)
