# Sieve of Eratosthenes with slices.
def sieve(limit):
    flags = [True] * (limit + 1)
    flags[0:2] = [False, False]
    n = 2
    while n * n <= limit:
        if flags[n]:
            flags[n * n :: n] = [False] * len(range(n * n, limit + 1, n))
        n += 1
    return [n for n, prime in enumerate(flags) if prime]


print(sieve(100))
print(len(sieve(2000)), sum(sieve(500)))
