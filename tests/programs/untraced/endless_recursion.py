# Recursion without an end is an exception like any other.
deepest = 0


def endless(n):
    global deepest
    deepest = n
    return endless(n + 1)


try:
    endless(1)
except RecursionError as error:
    print(type(error).__name__, error, deepest)


class Loop:
    def __getattr__(self, name):
        return self.missing

    def __eq__(self, other):
        return self == other


try:
    Loop().anything
except RecursionError as error:
    print(error)
try:
    Loop() == 1
except RecursionError as error:
    print(error)
endless(1)
