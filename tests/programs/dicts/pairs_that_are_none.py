"""What dict() and update() say of items that cannot be made pairs, and in which calls."""


class Refuses:
    def __init__(self, error):
        self.error = error

    def __iter__(self):
        print("iter")
        raise self.error("mine")


class Gives:
    def __init__(self, *items):
        self.items = items

    def __iter__(self):
        print("iter")
        return self

    def __next__(self):
        if not self.items:
            raise StopIteration
        item, *self.items = self.items
        if isinstance(item, Exception):
            raise item
        return item


def failing(error):
    yield 1
    raise error


for items in [
    [1], [(1, 2), None], [[1]], ["abc"], [Refuses(TypeError)], [(1, 2), Refuses(ValueError)], [failing(TypeError("oops"))],
    [(1, 2), failing(ValueError("oops"))], [Gives(1, 2), Gives(3)], [Gives(1, TypeError("late"))], [Gives("a", "b"), "cd", {5: 6, 7: 8}],
]:
    for use in [dict, {0: 0}.update, {}.__ior__]:
        try:
            print(use(items))
        except Exception as error:
            print(type(error).__name__, error, getattr(error, "__notes__", None), error.__context__)
