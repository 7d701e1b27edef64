# The shortest text that reads back as the same float.
values = [0.1, 1.0, 1e15, 1e16, 1e17, 123456789012345680.0, 1e-4, 1e-5, 0.00012345, 1.7976931348623157e308, 2.2250738585072014e-308, 5e-324]
for value in values:
    print(repr(value), str(-value), float(repr(value)) == value)
for text in ["1.5", " -2e3 ", "1_0.5", ".5", "5.", "inf", "-Infinity", "nan", "1e400", "1e-400"]:
    print(repr(text), float(text))
for bad in ["", "1.5.2", "abc", "1e", "0x1p3", "1 2"]:
    try:
        float(bad)
    except ValueError as error:
        print(error)
print(round(0.5), round(1.5), round(2.567, 2), round(2.5, 0), round(1e300, 2), round(-0.4), round(1234.5678, -2))
print(3 + 4j, (3 + 4j) * (1 - 2j), abs(3 + 4j), (1j) ** 2, complex(1, -0.0), complex("1+2j"), (2 - 3j).conjugate())
print((1 + 2j).real, (1 + 2j).imag, 1j == 1j, 1 + 0j == 1, -1j, complex(0, float("inf")))

# Two shortest texts may be equally near; then the even one is taken.
print(*[2.0 ** -n for n in range(20, 80)])
print(*[-5 * 2.0 ** -n for n in range(20, 80)])
print(9007199254740993.0, 4.5e15 + 0.5, 1e23, 5e-324, 2.0 ** 1023)
