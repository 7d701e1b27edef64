# Generators: laziness, exhaustion, return values, expressions.
def count(n):
    print("start")
    for i in range(n):
        print("before", i)
        yield i
        print("after", i)
    print("end")
    return "result"


g = count(2)
print(type(g).__name__, g.__name__, iter(g) is g)
print(next(g))
print(next(g))
try:
    next(g)
except StopIteration as stop:
    print("stopped", stop.value)
print(list(g), next(g, "default"))
print(list(count(1)), sum(x * x for x in range(5)), max(len(w) for w in "a bbb cc".split()))


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def take(n, iterable):
    for i, x in enumerate(iterable):
        if i >= n:
            return
        yield x


print(list(take(10, fibonacci())), [*take(3, "abcdef")], tuple(take(2, [1])))


def primes():
    found = []
    n = 2
    while True:
        if all(n % p for p in found):
            found.append(n)
            yield n
        n += 1


print(list(take(10, primes())), dict(zip("ab", primes())))
lazy = (print("evaluated", x) or x for x in range(3))
print("made")
print(next(lazy), next(lazy))


def empty():
    return
    yield


print(list(empty()), any(x for x in empty()), 3 in (i for i in range(10)))
a, b = (i * 2 for i in range(2))
print(a, b)
