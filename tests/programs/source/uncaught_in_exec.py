"""A traceback through code that has no file, with a SyntaxError in its chain."""

SOURCE = """
def divide(a, b):
    return a / b

def run():
    return divide(1, 0)

run()
"""


def first():
    try:
        exec("x = = 1")
    except SyntaxError:
        exec(SOURCE)


def second():
    try:
        first()
    except ZeroDivisionError as error:
        raise RuntimeError("compiled on the way") from error


try:
    exec("if 1:\n  return")
except SyntaxError as error:
    print(error, error.text)
second()
