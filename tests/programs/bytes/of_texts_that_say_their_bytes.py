# A str of a class with `__bytes__` needs no encoding to become bytes; `%c` names the type of what does not fit in full.
class Name(str):
    def __bytes__(self):
        return b"<" + self.encode() + b">"


print(bytes(Name("x")), bytes(Name("\u20ac"), "iso8859-15"))
for make in lambda: bytes("x"), lambda: bytearray(Name("x")), lambda: bytes(Name("x"), errors="strict"):
    try:
        print(make())
    except TypeError as error:
        print(error)


class Number(float):
    __module__ = "numbers.of.mine"


for template in "%c", b"%c":
    try:
        template % Number(3)
    except TypeError as error:
        print(error)
