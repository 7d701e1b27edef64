# Context, cause, and `from None`.
try:
    try:
        {}["missing"]
    except KeyError as error:
        raise ValueError("bad") from error
except ValueError as error:
    print(repr(error), repr(error.__cause__), repr(error.__context__), error.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise RuntimeError("while handling")
except RuntimeError as error:
    print(repr(error.__context__), error.__cause__, error.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise RuntimeError("alone") from None
except RuntimeError as error:
    print(repr(error.__context__), error.__cause__, error.__suppress_context__)
try:
    try:
        raise ValueError("again")
    except ValueError:
        print("passing it on")
        raise
except ValueError as error:
    print(error, error.__context__)
try:
    raise
except RuntimeError as error:
    print(error)
try:
    raise 5
except TypeError as error:
    print(error)
try:
    raise ValueError from 5
except TypeError as error:
    print(error)


def f():
    try:
        g()
    except KeyError as error:
        return error


def g():
    raise KeyError("deep")


e = f()
print(e.args, e.__traceback__ is not None, e.__traceback__.tb_next.tb_frame.f_code.co_name)
chain = ValueError("outer").with_traceback(None)
chain.__cause__ = KeyError("manual")
print(chain.__cause__.args, chain.__suppress_context__)
