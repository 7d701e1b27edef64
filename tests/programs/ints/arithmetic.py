# Operators on ints, with the signs of division and remainder.
for a, b in [(7, 2), (-7, 2), (7, -2), (-7, -2), (0, 5)]:
    print(a, b, a + b, a - b, a * b, a // b, a % b, divmod(a, b), a / b)
print(2**10, 2**0, (-2) ** 3, 2**-2, 0**0)
print(-5, +5, ~5, ~-1, abs(-9))
print(True + True, True * 5, -True)
print(pow(3, 4), pow(3, 4, 5), pow(7, -1, 11), pow(-3, 3, 7))
try:
    1 // 0
except ZeroDivisionError as error:
    print(error)
try:
    1 % 0
except ZeroDivisionError as error:
    print(error)
try:
    0**-1
except ZeroDivisionError as error:
    print(error)
try:
    pow(2, -1, 4)
except ValueError as error:
    print(error)
try:
    pow(2, 3, 0)
except ValueError as error:
    print(error)
