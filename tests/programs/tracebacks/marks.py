# Which part of a line was running: one error while the one before is handled, so that all are printed.
class Thing:
    def __init__(self):
        self.items = {"a": None}

    def __add__(self, other):
        raise ArithmeticError("added")


thing = Thing()
text = "é" * 3
wide = "日本"


def binary():
    return (len(text)
            + "a")


def spaced():
    return 1   /   (2 - 2)


def adjacent():
    return 1//(2-2)


def power():
    return -2 ** "a" ** 2


def nested():
    return (1 + 2) * (3 - "4") * 5


def subscript():
    return thing.items["a"]["b"]


def subscript_over_lines():
    return thing.items[
        "b"
    ]


def call():
    return text.upper()(1, 2)


def call_over_lines():
    value = max(
        1,
        *[
            2,
            "3",
        ],
    )
    return value


def whole_line():
    return undefined_function(1)


def assigned():
    value = int("x")
    return value


def assigned_and_more():
    value = int("y"); return value


def attribute():
    return thing.items.missing.more


def non_ascii():
    other = "é"; return text + 5 + text


def non_ascii_wide():
    return wide + 5, wide


def comparison():
    return 1 < 2 < "3"


def unary():
    return [-1, -"a"]


def f_string():
    return f"value: {1 / 0:>{10}}!"


def in_string():
    return "a)b" % (1, 2) + ")"


def comprehension():
    return [number.real
            for number in range(3)
            if number.missing]


def lambda_inside():
    return (lambda value: value["key"])(5)


def augmented():
    total = 5
    total += "a"


def in_condition():
    if text and thing + 1:
        return 1


def with_comment():
    return text[  # the index
        10
    ]


def unpacking():
    first, second = 1, 2, 3


def iterating():
    for item in thing:
        pass


def asserting():
    assert text == "", "text is not empty"


def deleting():
    del thing.items["nothing"]


def managing():
    with thing.items as items:
        pass


def keyword():
    return sorted([3, 1], key=lambda item: item.missing, reverse=True)


def operator_method():
    return thing + thing


def raising():
    raise ValueError("raised") from KeyError("cause")


def chain(functions):
    try:
        functions[0]()
    except Exception:
        if len(functions) == 1:
            raise
        chain(functions[1:])


chain([
    binary, spaced, adjacent, power, nested, subscript, subscript_over_lines, call, call_over_lines, whole_line,
    assigned, assigned_and_more, attribute, non_ascii, non_ascii_wide, comparison, unary, f_string, in_string,
    comprehension, lambda_inside, augmented, in_condition, with_comment, unpacking, iterating, asserting, deleting,
    managing, keyword, operator_method, raising,
])
