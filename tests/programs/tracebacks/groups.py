# Groups of exceptions are printed as a tree, with what led to each of them.
def fail(value):
    raise ValueError(f"value {value}")


def caught(function, *args):
    try:
        function(*args)
    except Exception as error:
        return error


def cause():
    try:
        fail("first")
    except ValueError as error:
        raise KeyError("second") from error


inner = ExceptionGroup("inner", [caught(fail, 1), caught(cause)])
inner.add_note("a note of the inner group")
outer = ExceptionGroup("outer", [TypeError("plain"), inner, OSError(2, "gone", "file.txt")])
wide = ExceptionGroup("wide", [ValueError(number) for number in range(18)])
deep = ValueError("at the bottom")
for level in range(13):
    deep = ExceptionGroup(f"level {level}", [deep])
try:
    raise outer
except ExceptionGroup:
    try:
        raise ExceptionGroup("both", [wide, deep])
    except ExceptionGroup as error:
        error.add_note("the last one")
        raise
