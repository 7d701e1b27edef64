# Ints have no largest value.
big = 2**200
print(big, -big, big + 1, big - big)
print(big // 3**50, big % 3**50, -big // 7, -big % 7)
factorial = 1
for i in range(1, 41):
    factorial *= i
print(factorial)
print(big * big == 2**400, big > 2**199, big != 2**200 + 1)
print(big.bit_length(), (-big).bit_length(), (255).bit_length(), (0).bit_length())
print(2**63 - 1, 2**63, -(2**63), -(2**63) - 1)
print(9223372036854775807 + 1, 9223372036854775807 * 9223372036854775807)
print(-9223372036854775808 - 1, -9223372036854775808 // -1, abs(-9223372036854775808))
print(3037000500 * 3037000500, 4294967296 * 4294967296)
print(10**30 / 10**10, 10**30 / 3, (10**400 + 1) // 10**399)
print(int("123456789012345678901234567890") + 1)
a, b = 0, 1
for _ in range(300):
    a, b = b, a + b
print(a)
