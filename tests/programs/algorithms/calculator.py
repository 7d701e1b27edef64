# A calculator: tokens, recursive descent, closures in a table.
def tokens(text):
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit() or c == ".":
            j = i
            while j < len(text) and (text[j].isdigit() or text[j] == "."):
                j += 1
            yield float(text[i:j]) if "." in text[i:j] else int(text[i:j])
            i = j
        elif c in "+-*/()":
            yield c
            i += 1
        else:
            raise SyntaxError(f"unexpected {c!r}")
    yield None


def evaluate(text):
    stream = tokens(text)
    current = next(stream)

    def advance():
        nonlocal current
        token, current = current, next(stream, None)
        return token

    def atom():
        if current == "(":
            advance()
            value = expression()
            if advance() != ")":
                raise SyntaxError("missing )")
            return value
        if current == "-":
            advance()
            return -atom()
        if current is None or isinstance(current, str):
            raise SyntaxError(f"unexpected {current!r}")
        return advance()

    def binary(below, table):
        def parse():
            value = below()
            while current in table:
                value = table[advance()](value, below())
            return value

        return parse

    term = binary(atom, {"*": lambda a, b: a * b, "/": lambda a, b: a / b})
    expression = binary(term, {"+": lambda a, b: a + b, "-": lambda a, b: a - b})
    return expression()


for text in ["1 + 2 * 3", "(1 + 2) * 3", "10 / 4 - 1", "-(2 + 3) * -2", "2 * (3 + 4) * 5", "1.5 * 4", "1 +", "2 $ 3", "(1", "1 / 0", ""]:
    try:
        print(text, "=", evaluate(text))
    except (SyntaxError, ZeroDivisionError) as error:
        print(repr(text), type(error).__name__, error)
