# try, except, else, finally: which parts run and in which order.
def attempt(what):
    print(what, end=": ")
    try:
        print("try", end=" ")
        if what == "value":
            raise ValueError("v")
        if what == "key":
            {}["k"]
        if what == "other":
            raise RuntimeError
        if what == "return":
            return "returned"
    except ValueError as error:
        print("value", error, end=" ")
    except (KeyError, IndexError) as error:
        print("lookup", repr(error), end=" ")
    except Exception as error:
        print("any", type(error).__name__, end=" ")
    else:
        print("else", end=" ")
    finally:
        print("finally", end=" ")
    return "end"


for what in ["none", "value", "key", "other", "return"]:
    print(attempt(what))
try:
    try:
        raise KeyError("inner")
    finally:
        print("cleanup")
except KeyError as error:
    print("outer", error)
for i in range(3):
    try:
        if i == 1:
            continue
        if i == 2:
            break
        print("body", i)
    finally:
        print("finally", i)
try:
    raise ValueError
except:
    print("bare except")
try:
    int("x")
except ValueError as e:
    pass
try:
    e
except NameError as error:
    print(error)
