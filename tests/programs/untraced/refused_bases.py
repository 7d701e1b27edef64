"""Types that nothing can derive from say so."""

FunctionType, GeneratorType = type(lambda: 0), type(x for x in [])

for base in (bool, type(None), range, slice, FunctionType, GeneratorType, type(len), type(iter([])), memoryview):
    try:
        type("Derived", (base,), {})
    except TypeError as error:
        print(error)
