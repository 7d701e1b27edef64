# More operations that give the very number they were given: those CPython does with the digits of large numbers.
import math

big, huge, small = 10**20, 7 * 10**40, 2**40
print(math.gcd(big, 0) is big, math.gcd(0, big) is big, math.gcd(big, big) is big, math.gcd(-big, 0) is big)
print(math.gcd(huge, big) is big, math.gcd(big, huge, 0) is big, math.gcd(small, 0) is small, math.gcd(big, 7) is big)
for number in (-5, -small, -big, small, big):
    print(number >> 0 is number, number >> False is number, number << 0 is number, number.__rshift__(0) is number)
print(257 % 10**12, [n % 10**12 is n for n in (257, 10**11, 0, 5)], [n % 1000 is n for n in (257, 999)])
print(sum((), small) is small, sum((), big) is big, math.prod([], start=small) is small, math.prod([], start=big) is big)
half = float("0.5")
print(sum((), half) is half, math.prod([], start=half) is half)
numbers = range(big, big + 3)
print(next(iter(numbers)) is numbers.start, list(numbers)[0] is big, numbers[0] is big, next(reversed(numbers)) is big)
rest = iter(numbers)
print(rest.__reduce__()[1][0].start is big, next(rest) is big, rest.__reduce__()[1][0].start is big)
rest = iter(numbers)
rest.__setstate__(2)
print(next(rest), next(rest, None), list(iter(range(big, big))))
stop, length = int("1000"), int("2000")
print([part is stop for part in slice(None, stop).indices(length)], [part is length for part in slice(5).indices(length)])
print([part is length for part in slice(stop, None).indices(length)], slice(stop, -stop, stop).indices(length)[2] is stop)
