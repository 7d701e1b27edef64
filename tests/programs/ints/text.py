# Ints from text and back.
for text in ["0", " 42 ", "-7", "+7", "1_000", "007", "٣", "\n5\t"]:
    print(repr(text), int(text))
print(int("ff", 16), int("0xff", 16), int("0b101", 0), int("0o17", 0), int("z", 36), int("-0x10", 0))
for bad in ["", "4.5", "1__0", "_1", "0x1", "five", "1 2", "--1"]:
    try:
        print(int(bad))
    except ValueError as error:
        print(error)
try:
    int("9", 8)
except ValueError as error:
    print(error)
try:
    int("1", 99)
except ValueError as error:
    print(error)
try:
    int([])
except TypeError as error:
    print(error)
print(int(3.99), int(-3.99), int(True), int(), int(1e20))
print(str(-12), repr(12), hex(255), hex(-255), oct(8), bin(-5))
print((1234).to_bytes(2, "big"), (1234).to_bytes(4, "little"), int.from_bytes(b"\x04\xd2", "big"))
print((5).real, (5).imag, (5).numerator, (5).denominator, (5).conjugate(), (5).is_integer())
