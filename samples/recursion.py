# A function that calls itself: one code object, many frames.
#
# Watch the frame chain grow by one frame with every call, each with its own
# `n`, and shrink again as the calls return. All frames run the same code.


def factorial(n):
    if n <= 1:
        return 1
    smaller = factorial(n - 1)
    return n * smaller


print(factorial(5))
print(factorial(25))  # an int has no largest value


def hanoi(disks, source, target, spare):
    """Move a tower and count the moves."""
    if disks == 0:
        return 0
    moves = hanoi(disks - 1, source, spare, target)
    print(f"    disk {disks}: {source} -> {target}")
    return moves + 1 + hanoi(disks - 1, spare, target, source)


print(hanoi(3, "left", "right", "middle"), "moves")


def flatten(items):
    """The items of a list of lists of lists, in one list."""
    flat = []
    for item in items:
        if isinstance(item, list):
            flat += flatten(item)
        else:
            flat.append(item)
    return flat


print(flatten([1, [2, [3, [4, []], 5]], 6]))
