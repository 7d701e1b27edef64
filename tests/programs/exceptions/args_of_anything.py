# The args of an exception are set to the items of whatever can be gone through.
error = ValueError(1, 2)
for value in ([3], "ab", {"k": 1}, (x * 2 for x in range(2)), range(2), (5,), (), 5, None):
    try:
        error.args = value
    except TypeError as refused:
        print(type(refused).__name__, refused)
    print(error.args, error)


def broken():
    yield 1
    raise LookupError("inside")


try:
    error.args = broken()
except LookupError as refused:
    print(refused, error.args)
wrong = UnicodeDecodeError("utf8", b"ab", 0, 1, "reason")
for value in (1, True, None, "a", 2**70):
    try:
        wrong.start = wrong.end = value
    except (TypeError, OverflowError) as refused:
        print(type(refused).__name__, refused)
    print(wrong.start, wrong.end)
try:
    del wrong.end
except TypeError as refused:
    print(refused)
