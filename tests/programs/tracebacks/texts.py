# What is printed of an exception: its type with the class it is nested in, its text, its notes.
class Plain(Exception):
    pass


class Spoken(Exception):
    def __str__(self):
        return "two\nlines"


class Silent(Exception):
    def __str__(self):
        return ""


class Broken(Exception):
    def __str__(self):
        raise RuntimeError("no text")


class Outer:
    class Inner(Exception):
        pass


class Note:
    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text

    def __repr__(self):
        return f"Note({self.text!r})"


class BrokenNote:
    def __str__(self):
        return 1 / 0


def noted(error, *notes):
    error.__notes__ = list(notes)
    return error


odd = ValueError("odd notes")
odd.__notes__ = Note("no list")
errors = [
    Plain, Plain(1, 2), Spoken(), Silent(), Broken(), Outer.Inner("nested"), KeyError("key"), KeyError(),
    OSError(2, "No such file", "a.txt"), UnicodeDecodeError("utf-8", b"ab\xff", 2, 3, "invalid start byte"),
    noted(ValueError("with notes"), "one", "two\nthree", Note("four"), BrokenNote()), odd,
    SyntaxError("bad", ("file.py", 3, 5, "  x = = 1\n", 3, 6)), SyntaxError("only a message"),
    IndentationError("bad", ("file.py", 3, 1, "   x\n")), SyntaxError("no text", ("file.py", 7, None, None)),
    SyntaxError("wide", ("file.py", 1, 3, "ab = (\n", 2, 1)), ImportError("no", name="thing"), StopIteration(5),
    GeneratorExit(), KeyboardInterrupt("stop"), ExceptionGroup("one", [ValueError(1)]),
]


def chain(errors):
    try:
        raise errors[0]
    except BaseException:
        if len(errors) > 1:
            chain(errors[1:])
        raise ValueError("end") from None if len(errors) == 1 else None


def each(errors):
    try:
        raise errors[0]
    except BaseException:
        if len(errors) == 1:
            raise
        each(errors[1:])


each(errors)
