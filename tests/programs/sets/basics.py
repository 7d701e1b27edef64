# Sets: members once, set algebra, and CPython's order.
primes = {2, 3, 5, 7}
odd = {1, 3, 5, 7, 9}
print(primes | odd, primes & odd, primes - odd, primes ^ odd, len(primes))
print(primes <= {1, 2, 3, 5, 7}, primes < primes, {2} <= primes, primes >= set(), primes.isdisjoint({4}), primes == {7, 5, 3, 2, 2})
primes.add(11)
primes.discard(4)
primes.remove(2)
primes.update([13, 17], {19})
print(primes, 13 in primes, 2 in primes)
print(set(), {1}, set("hello") == set("olleh"), frozenset([1, 2]), frozenset(), {frozenset([1])})
print({1, True, 1.0}, {0, False}, {(), ()}, sorted(set("mississippi")))
primes &= {3, 5, 11}
primes |= {1}
primes -= {3}
primes ^= {5, 6}
print(primes, primes.union([9], (8,)), primes.intersection({1, 6}), primes.difference([1]), primes.symmetric_difference({1, 99}))
print({1: 0}.keys() | {2}, hash(frozenset([1, 2])) == hash(frozenset([2, 1])), frozenset([1]) == {1}, type(frozenset([1]) | {2}).__name__)
for what in (lambda: {1}.remove(5), lambda: {[]}, lambda: set().pop(), lambda: {1} | [2], lambda: {1} + {2}, lambda: hash({1}), lambda: {1} < 5):
    try:
        print(what())
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)
copy = primes.copy()
copy.clear()
print(copy, bool(copy), len(primes))
