# sys.getrefcount: how many places hold an object, the argument included where it counts.
from sys import getrefcount

thing = object()
print(getrefcount(thing))
other = thing
print(getrefcount(thing))
things = [thing, thing]
print(getrefcount(thing))
by_name = {"thing": thing}
print(getrefcount(thing))
del other, things
print(getrefcount(thing))
by_name.clear()
print(getrefcount(thing), getrefcount(object()))


def local(argument):
    inside = argument
    print(getrefcount(argument), getrefcount(inside))
    pair = (argument, argument)
    print(getrefcount(argument))
    del pair, inside
    print(getrefcount(argument))

    def closure():
        return argument

    print(getrefcount(argument))
    return closure


function = local(thing)
print(getrefcount(thing))
function = None
print(getrefcount(thing))
local([])


class Node:
    pass


node = Node()
node.self = node
print(getrefcount(node))
node.self = None
print(getrefcount(node))
number = 2**40 + len("a")
same = number
print(getrefcount(number), getrefcount(None) == getrefcount(True) == getrefcount(1))


def generator():
    local = thing
    yield 1


running = generator()
print(getrefcount(thing))
next(running)
print(getrefcount(thing))
running.close()
print(getrefcount(thing))
try:
    raise ValueError(thing)
except ValueError as error:
    print(getrefcount(thing))
print(getrefcount(thing))
