# What a builtin lets go of before it calls Python code is finalized before that code has a frame.
import sys


class Gone:
    def __del__(self):
        caller = sys._getframe(1)
        print("gone in", caller.f_code.co_name, caller is sys._getframe().f_back, [*sys._getframe().f_locals])

    def __lt__(self, other):
        return False


class Some:
    def __init__(self):
        self.left = 2

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return Gone()


def run():
    print("map", list(map(lambda item: 1, Some())))
    print("filter", list(filter(lambda item: False, Some())))
    print("max", max(Some(), key=lambda item: 1) is None)
    print("any", any(not item for item in Some()))
    print("sorted", len(sorted([2, 1], key=lambda item: Gone())))
    for item in Some():
        pass
    print("zip", len(list(zip(Some(), Some()))))


run()
