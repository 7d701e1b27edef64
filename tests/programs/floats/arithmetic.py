# Floats: arithmetic, division and its signs.
print(0.1 + 0.2, 1 / 3, 2 / 3, 1e16 + 1, 1e-5, 123456789.123456789)
for a, b in [(7.5, 2), (-7.5, 2), (7.5, -2), (-7.5, -2.0)]:
    print(a // b, a % b, divmod(a, b))
print(2.0**0.5, 2**0.5, (-8) ** (1 / 3), 10.0**-3, 0.0**0)
print(-0.0, 0.0 == -0.0, 1 / 1e308, 5e-324, 5e-324 / 2)
inf = float("inf")
nan = float("nan")
print(inf, -inf, inf - inf, inf * 0, nan, nan == nan, inf > 10**100)
print(1e308 * 10, -1e308 * 10, 1e200 * 1e-200)
for what in (lambda: 1.0 / 0, lambda: 1.0 // 0, lambda: 1.0 % 0, lambda: 0.0**-1, lambda: 10.0**400, lambda: int(inf), lambda: int(nan), lambda: float(10**400), lambda: 10**400 / 3):
    try:
        print(what())
    except (ZeroDivisionError, OverflowError, ValueError) as error:
        print(type(error).__name__, error)
print(abs(-2.5), -(-2.5), +2.5, bool(0.0), bool(-0.0), bool(nan))
print(1.5.is_integer(), 2.0.is_integer(), 0.75.as_integer_ratio(), (2.5).hex(), float.fromhex("0x1.4p+1"))
