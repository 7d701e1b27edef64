# Descriptors that are bound by hand, and to what is no class.
class Plain:
    pass


def show(action):
    try:
        print(repr(action()).split(" at 0x")[0])
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


made = classmethod(lambda cls: cls)
for args in ((None, 5), (5,), (5, None), (5, 6), (None, int), (None, None), ()):
    show(lambda: made.__get__(*args)())
    show(lambda: staticmethod(len).__get__(*args))
    show(lambda: property(lambda self: self).__get__(*args))
    show(lambda: show.__get__(*args))
    show(lambda: str.join.__get__(*args))
    show(lambda: Plain.__dict__["__dict__"].__get__(*args))
    show(lambda: dict.__dict__["fromkeys"].__get__(*args))
for name in ("__name__", "__objclass__", "__qualname__"):
    for value in (str.join, str.__add__, dict.__dict__["fromkeys"], type(show).__code__, type(show).__globals__):
        show(lambda: setattr(value, name, 1))
for value in (ValueError(), made, show, Plain(), type(show), __builtins__):
    show(lambda: delattr(value, "__dict__"))
