# Exceptions of one's own, their hierarchy, args and notes.
class AppError(Exception):
    pass


class NotFound(AppError):
    def __init__(self, name, code=404):
        super().__init__(f"{name} not found")
        self.name = name
        self.code = code


class Detailed(AppError, ValueError):
    def __str__(self):
        return f"detailed: {self.args}"


for error in [AppError(), AppError("one"), AppError("a", 2), NotFound("page"), Detailed("x", "y")]:
    try:
        raise error
    except NotFound as e:
        print("not found:", e.name, e.code, e, e.args)
    except ValueError as e:
        print("value:", e, repr(e))
    except AppError as e:
        print("app:", e, repr(e), e.args)
print(issubclass(NotFound, Exception), [c.__name__ for c in Detailed.__mro__])
e = ValueError("base")
e.add_note("a note")
print(e.__notes__, str(e), repr(ValueError("a", 1)), ValueError() == ValueError(), KeyError("k").args)
print(str(KeyError("k")), str(KeyError()), str(IndexError("i")), repr(StopIteration(5)), StopIteration(5).value, SystemExit(3).code)
print(issubclass(ZeroDivisionError, ArithmeticError), issubclass(KeyError, LookupError), issubclass(RecursionError, RuntimeError), issubclass(KeyboardInterrupt, Exception), issubclass(UnicodeDecodeError, ValueError))
try:
    raise NotFound
except TypeError as error:
    print(error)
try:
    try:
        raise AppError("x")
    except "not a class":
        pass
except TypeError as error:
    print(error)
print(OSError(2, "No such file", "f.txt"), repr(OSError(2, "gone")), AttributeError("a", name="n").name, NameError("n", name="x").name)
