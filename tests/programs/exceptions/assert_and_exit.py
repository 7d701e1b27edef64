# assert, and the exceptions that mean to end the program.
try:
    assert 1 + 1 == 2
    assert 2 > 3, "arithmetic"
except AssertionError as error:
    print("assertion:", error)
try:
    assert []
except AssertionError as error:
    print("assertion:", repr(str(error)), error.args)
try:
    assert 0, (1, 2)
except AssertionError as error:
    print(error.args)


def check(value):
    assert isinstance(value, int), f"not an int: {value!r}"
    return value


print(check(5))
try:
    check("five")
except AssertionError as error:
    print(error)
try:
    raise SystemExit("bye")
except SystemExit as error:
    print("exit", error.code)
try:
    try:
        raise KeyboardInterrupt
    except Exception:
        print("not here")
except BaseException as error:
    print(type(error).__name__)
print(__debug__)
raise SystemExit(7)
