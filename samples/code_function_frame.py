# Code, function, frame: three different things.
#
# A code object is what the compiler made: instructions and constants.
# A function is made by `def` when it runs: the code with a name and defaults.
# A frame is one call in progress: its own variables and its own stack.
#
# Watch: the `def` below stands in a loop, so it runs three times. It makes
# three functions, and all of them share one code object.

functions = []
for step in [1, 10, 100]:

    def add(number, by=step):  # the default is worked out here, each time
        result = number + by
        return result

    functions.append(add)

first, second, third = functions
print("the same function?", first is second)
print("the same code object?", first.__code__ is second.__code__)
print("defaults:", first.__defaults__, second.__defaults__, third.__defaults__)

# The same code runs in three frames, one after the other.
for function in functions:
    print(function.__name__, "gives", function(5))


# Here two frames of one code object are alive at the same time.
def half(number, depth=1):
    if number % 2:
        return number
    found = half(number // 2, depth + 1)
    print("frame", depth, "has number", number)
    return found


print(half(12))
print("names in the code:", half.__code__.co_varnames)
