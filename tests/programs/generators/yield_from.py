# yield from: delegation, return values, nested trees.
def inner():
    x = yield 1
    print("inner got", x)
    try:
        y = yield 2
    except ValueError as error:
        print("inner caught", error)
        y = "recovered"
    return f"inner result {y}"


def outer():
    result = yield from inner()
    print("outer got", result)
    yield from [10, 20]
    yield from "ab"
    yield from ()
    return "done"


g = outer()
print(next(g), g.send("hello"), g.throw(ValueError("v")), list(g))


def flatten(items):
    for item in items:
        if isinstance(item, list):
            yield from flatten(item)
        else:
            yield item


print(list(flatten([1, [2, [3, []], [[4]]], 5])))


class Tree:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


print(list(Tree(4, Tree(2, Tree(1), Tree(3)), Tree(6, Tree(5)))))


def closes():
    try:
        yield from inner_closes()
    finally:
        print("outer closed")


def inner_closes():
    try:
        yield 1
    finally:
        print("inner closed")


c = closes()
next(c)
c.close()
try:
    list((lambda: (yield from 5))())
except TypeError as error:
    print(error)


def chain(*iterables):
    for it in iterables:
        last = yield from it
    return last


print(list(chain("ab", range(2), {"k": 1}, (x for x in [9]))))
