# What exceptions keep apart from their arguments is part of what copies are made of.
EXCEPTIONS = [
    OSError(), OSError(1), OSError(2, "text"), OSError(2, "text", "file"), OSError(2, "text", "file", None, "other"),
    OSError(1, 2, 3, 4, 5, 6), BlockingIOError(11, "text", 5), ImportError("text"), ImportError("text", name="name"),
    ImportError("text", path="path", name_from="from"), ModuleNotFoundError("text", name="name"), AttributeError(),
    AttributeError("text", name="name", obj=3), NameError("text", name="name"), StopIteration(4), KeyError("key"),
]
for exception in EXCEPTIONS:
    print(exception.__reduce__(), exception.__getstate__())
    exception.more = 1
    maker, arguments, *state = exception.__reduce_ex__(4)
    print(maker.__name__, arguments, state)
    copy = maker(*arguments)
    if state:
        copy.__setstate__(state[0])
    print(type(copy).__name__, copy.args, vars(copy), str(copy))

# Most types have a __new__ of their own.
for cls in (ValueError, UnicodeDecodeError, ModuleNotFoundError, FileNotFoundError, IndentationError, UnboundLocalError):
    print(cls.__name__, "__new__" in vars(cls), cls.__new__.__qualname__)


class Both(LookupError, ValueError):
    pass


print([repr(cls.__new__(Both)) for cls in (Both, LookupError, ValueError, Exception, BaseException)])
for owner, cls in ((ValueError, KeyError), (object, Both), (Exception, MemoryError), (Exception, FileNotFoundError)):
    try:
        owner.__new__(cls)
    except TypeError as error:
        print(error)
