# Operators of one's own: arithmetic, comparison, reflected and in-place.
class V:
    def __init__(self, x):
        self.x = x

    def __repr__(self):
        return f"V({self.x})"

    def __add__(self, other):
        return V(self.x + (other.x if isinstance(other, V) else other))

    def __radd__(self, other):
        return V(other + self.x)

    def __sub__(self, other):
        return NotImplemented

    def __rsub__(self, other):
        return f"{other} rsub {self.x}"

    def __mul__(self, other):
        return f"{self.x} mul {other!r}"

    def __iadd__(self, other):
        self.x += other
        return self

    def __neg__(self):
        return V(-self.x)

    def __pos__(self):
        return "pos"

    def __invert__(self):
        return "invert"

    def __abs__(self):
        return V(abs(self.x))

    def __eq__(self, other):
        return isinstance(other, V) and self.x == other.x

    def __lt__(self, other):
        return self.x < other.x

    def __le__(self, other):
        return f"{self.x} le"

    def __matmul__(self, other):
        return "matmul"

    def __pow__(self, other, modulo=None):
        return ("pow", other, modulo)

    def __divmod__(self, other):
        return "divmod"

    def __bool__(self):
        return self.x != 0

    def __index__(self):
        return self.x

    def __int__(self):
        return 100

    def __float__(self):
        return 0.5

    def __round__(self, digits=None):
        return ("round", digits)


a, b = V(1), V(2)
print(a + b, a + 5, 5 + a, a * 3, 10 - a, -a, +a, ~a, abs(V(-7)), a @ b, a**2, pow(a, 2, 3), divmod(a, 1))
print(a == V(1), a != V(1), a == 1, a < b, a > b, a <= b, b >= a, bool(V(0)), not a)
c = a
a += 10
print(a, c, a is c)
print([10, 20, 30][V(1)], "abc"[V(0) : V(2)], int(a), float(a), round(a), round(a, 2), hex(V(255)), range(V(3)), "x" * V(2), sum([V(1), V(2)]))
for what in (lambda: a - b, lambda: a - 1, lambda: a / 2, lambda: a & b, lambda: a >= 1, lambda: a // b, lambda: 3 * a, lambda: hash(a), lambda: a < 1):
    try:
        print(what())
    except (TypeError, AttributeError) as error:
        print(type(error).__name__, error)
