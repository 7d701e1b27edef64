# Marks under many kinds of expressions.
class Thing:
    def __init__(self, n):
        self.n = n

    def compute(self, other):
        return self.n + other.n.missing.deeper


def call(f, *args):
    return f(*args)


def build():
    things = [Thing(i) for i in range(3)]
    return [call(thing.compute, things[0]) for thing in things if
            thing.n > 1]


print("start")
value = (
    build()
    + [1]
)
