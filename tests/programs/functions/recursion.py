# Functions that call themselves and one another.
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def permutations(items):
    if not items:
        return [[]]
    return [[x] + rest for i, x in enumerate(items) for rest in permutations(items[:i] + items[i + 1 :])]


def gcd(a, b):
    return gcd(b, a % b) if b else a


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


print([fib(n) for n in range(12)], even(50), odd(7), gcd(1071, 462), ackermann(2, 3))
print(permutations([1, 2, 3]))


def depth(tree):
    return 1 + max([depth(child) for child in tree], default=0)


print(depth([[], [[], [[]]]]), (lambda f: f(f, 5))(lambda f, n: 1 if n == 0 else n * f(f, n - 1)))


def count_down(n):
    return 0 if n == 0 else 1 + count_down(n - 1)


print(count_down(800))
