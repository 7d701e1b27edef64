# A deep recursion ends with a traceback that folds repeated lines.
def descend(n):
    if n == 0:
        return 1 / 0
    return descend(n - 1)


descend(20)
