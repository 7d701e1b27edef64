"""A complex number as a part of one: only where it is given as the part, by its place or by its name."""


class Complex(complex):
    pass


class Converts:
    def __complex__(self):
        return 2j


print(complex(1j), complex(Complex(1j)), complex(Converts()), Complex(1j), Complex(Converts()))
print(complex(real=1j))
print(complex(real=Complex(1j)))
print(Complex(real=1j))
print(complex(real=Converts()))
print(complex(1j, 2))
print(complex(real=1j, imag=2))
print(complex(1, 2j))
print(complex(imag=2j))
print(complex(real=5), complex(imag=5), complex())
for arguments in {"real": "1"}, {"real": []}, {"imag": "1"}, {"real": 1, "other": 2}:
    try:
        print(complex(**arguments))
    except TypeError as error:
        print(error)
for arguments in ([],), ("1", 2), (1, "2"), (1, 2, 3):
    try:
        print(complex(*arguments))
    except TypeError as error:
        print(error)
