"""Attributes that some exceptions have apart from their args."""


def show(thunk):
    try:
        print(repr(thunk()))
    except Exception as error:
        print(type(error).__name__ + ":", error)


for kind in OSError, BlockingIOError, PermissionError:
    error = kind(1, "text")
    show(lambda: error.characters_written)
    show(lambda: delattr(error, "characters_written"))
    for value in 3, "x", 2.5, 10**30, True, -1:
        show(lambda: setattr(error, "characters_written", value))
        show(lambda: error.characters_written)
    error.characters_written = 5
    show(lambda: delattr(error, "characters_written"))
    show(lambda: error.characters_written)
for args in [
    (), (1,), (1, "x", 5), (11, "x", 5), (11, "x", "file"), (11, "x", 5, None, 6), (11, "x", 2.0), (11, "x", -2),
    (11, "x", -1), (11, "x", 10**30), (11, "x", None),
]:
    for kind in BlockingIOError, OSError, FileNotFoundError:
        show(lambda: (kind(*args), kind(*args).filename, kind(*args).args, str(kind(*args))))
        show(lambda: kind(*args).characters_written)
error = UnicodeTranslateError("abc", 0, 1, "why")
show(lambda: error.encoding)
error.encoding = "given"
print(error.encoding, error)
del error.encoding
print(error.encoding)
print(ExceptionGroup[int], BaseExceptionGroup[int, str])
show(lambda: ExceptionGroup.__class_getitem__())
