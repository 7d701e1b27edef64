# An exception with a cause and a context ends the program.
def low(d):
    return d["key"]


def middle():
    try:
        low({})
    except KeyError as error:
        raise ValueError("no key") from error


def high():
    try:
        middle()
    except ValueError:
        [][1]


high()
