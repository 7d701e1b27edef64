# Which operations give the very number that they were given.
import math

for n in (300, 2**30, 2**62, 10**20, -300, -(10**20), True):
    print(n, abs(n) is n, +n is n, n.__abs__() is n, n.real is n, n.conjugate() is n, round(n) is n)
    print("  rest:", n % 10**40 is n, n % 1000 is n, n % -(10**40) is n, divmod(n, 10**40)[1] is n, n % (n + 1) is n)
    print("  else:", n + 0 is n, n * 1 is n, n | 0 is n, n // 1 is n, n**1 is n)


class Number(int):
    pass


n = Number(300)
print(abs(n) is n, type(abs(n)), n % 10**40 is n, type(n % 10**40), type(divmod(n, 10**40)[1]))
for c in (1j, 1 + 2j):
    print(+c is c, c.__complex__() is c, c.conjugate() is c, complex(c) is c, c + 0 is c)
for n in (300, 10**20):
    print(math.gcd(n) is n, math.lcm(n) is n, math.comb(n, 1) is n, math.comb(n, n - 1) is n, math.perm(n, 1) is n)
