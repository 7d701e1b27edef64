# Exception groups and except*.
def run(*errors):
    try:
        raise ExceptionGroup("several", list(errors))
    except* ValueError as group:
        print("values", [str(e) for e in group.exceptions])
    except* (KeyError, TypeError) as group:
        print("others", [repr(e) for e in group.exceptions])
    else:
        print("nothing")
    print("after")


run(ValueError("a"), KeyError("b"), ValueError("c"))
run(TypeError("t"))
try:
    run(ValueError("v"), OSError("o"))
except ExceptionGroup as group:
    print(repr(group), group.message, len(group.exceptions))
nested = ExceptionGroup("outer", [ValueError(1), ExceptionGroup("inner", [TypeError(2), ValueError(3)])])
match, rest = nested.split(ValueError)
print(match, rest, nested.subgroup(lambda e: isinstance(e, TypeError)))
try:
    ExceptionGroup("empty", [])
except ValueError as error:
    print(error)
