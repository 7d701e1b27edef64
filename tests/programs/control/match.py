# The match statement, over every kind of pattern.
class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


def what(value):
    match value:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "small"
        case int(n) if n < 0:
            return f"negative {n}"
        case str() as s:
            return f"text {s}"
        case []:
            return "empty"
        case [x]:
            return f"one {x}"
        case [x, y]:
            return f"two {x} {y}"
        case [first, *rest]:
            return f"first {first} rest {rest}"
        case {"kind": "circle", "r": r}:
            return f"circle {r}"
        case {"kind": kind, **others}:
            return f"{kind} {others}"
        case Point(0, y):
            return f"on the axis at {y}"
        case Point(x=px, y=py):
            return f"point {px} {py}"
        case None | True:
            return "constant"
        case _:
            return "other"


for value in [0, 2, -7, 9, "hi", [], [1], (1, 2), [1, 2, 3, 4], {"kind": "circle", "r": 5}, {"kind": "box", "w": 1}, {}, Point(0, 3), Point(4, 5), None, False, True, 2.0, 1.5]:
    print(what(value))
