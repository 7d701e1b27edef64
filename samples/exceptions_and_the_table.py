# A try block costs nothing until something goes wrong.
#
# Watch the exception table below the instructions: it says which
# instructions are covered, and where the handler starts. When an exception
# is raised, Python looks there, cuts the value stack back, and jumps.


def divide(a, b):
    try:
        result = a / b
    except ZeroDivisionError as error:
        print("    handled:", error)
        return None
    else:
        print("    no exception")
    finally:
        print("    finally runs either way")
    return result


print(divide(6, 3))
print(divide(6, 0))


class Door:
    def __enter__(self):
        print("    the door opens")
        return self

    def __exit__(self, kind, error, traceback):
        print("    the door closes, whatever happened:", kind.__name__ if kind else kind)
        return False  # do not hide the exception


def walk_through(things):
    with Door():
        return things["key"]


print(walk_through({"key": "inside"}))

# The exception passes through one frame after another until one handles it.
try:
    walk_through({})
except LookupError as error:
    print(type(error).__name__, error)
