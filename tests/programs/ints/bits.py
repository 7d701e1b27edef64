# Shifts and bitwise operators, also of negative and large ints.
print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 10, 1024 >> 3)
print(-5 & 3, -5 | 3, -5 ^ 3, -1 >> 10, -7 >> 1, -1 << 4)
big = 1 << 100
print(big | 1, big & (big - 1), big ^ big, (big - 1) & 0xFF)
print(-big & 0xFFFF, -big | 1, ~big, -big >> 99, -big >> 200)
print(1 << 0, 0 << 1000, 1 >> 1000)
print((0b1011).bit_count(), (-255).bit_count(), (2**100 - 1).bit_count())
mask = 0
for bit in (0, 3, 63, 64, 127):
    mask |= 1 << bit
print(hex(mask), bin(mask), oct(mask))
print(True & False, True | False, True ^ True, True & 1)
try:
    1 << -1
except ValueError as error:
    print(error)
x = 6
x <<= 3
x |= 5
x &= ~4
x ^= 0xFF
x >>= 1
print(x)
