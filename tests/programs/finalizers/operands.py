# BINARY_OP gives its operands up from left to right, also where Python code has computed it.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)

    def __add__(self, other):
        return len(self.name + other.name)

    def __getitem__(self, key):
        return key.name

    def __mul__(self, other):
        raise ValueError("no")

    def __lt__(self, other):
        return True

    def __contains__(self, item):
        return True


class Reflected(Noisy):
    def __radd__(self, other):
        return "reflected"


print(Noisy("a") + Noisy("b"))
print(Noisy("c") + Reflected("d"))
print(Noisy("e")[Noisy("f")])
print(Noisy("g") < Noisy("h"), Noisy("i") in Noisy("j"))
try:
    Noisy("k") * Noisy("l")
except ValueError as error:
    print(error)
try:
    Noisy("m") - Noisy("n")
except TypeError as error:
    print(error)
total = Noisy("o")
total += Noisy("p")
print(total)
