# The functions of the module, and their errors.
import gc


class Node:
    pass


class Slotted:
    __slots__ = ("x",)


def attempt(what):
    try:
        print(what())
    except Exception as error:
        print(type(error).__name__, error)


print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled())
print(gc.get_threshold(), gc.set_threshold(5), gc.get_threshold(), gc.set_threshold(700, 8, 9), gc.get_threshold())
gc.set_threshold(2000, 10, 10)
attempt(lambda: gc.set_threshold())
attempt(lambda: gc.set_threshold("many"))
attempt(lambda: gc.collect(3))
attempt(lambda: gc.collect(-1))
attempt(lambda: gc.collect("all"))
attempt(lambda: gc.collect(generation=0))
attempt(lambda: gc.set_debug("all"))
attempt(lambda: gc.get_objects(3))
attempt(lambda: gc.get_objects(-2))
attempt(lambda: gc.is_tracked())
print(gc.DEBUG_COLLECTABLE, gc.DEBUG_LEAK, gc.DEBUG_SAVEALL, gc.DEBUG_STATS, gc.DEBUG_UNCOLLECTABLE)
print(gc.get_debug(), gc.garbage, gc.callbacks)

node = Node()
slotted = Slotted()
slotted.x = 1
for thing in (1, "text", 1.5, None, b"", (), [], {}, set(), object(), node, slotted, Node, int, len, iter([]), range(3)):
    print(type(thing).__name__, gc.is_tracked(thing), gc.is_finalized(thing))
node.x = 1
node.y = [2]
print(gc.get_referents(node), gc.get_referents([1, 2], {3: 4, "k": []}, (5, 6)), gc.get_referents(1, "text"))
node.__dict__
print(gc.get_referents(node), gc.get_referents(slotted))
print([type(part).__name__ for part in gc.get_referents(Node)])


class Marked:
    pass


def count(objects):
    return list(map(type, objects)).count(Marked)


marked = Marked()
target = ["target"]
holder = [target]
owner = Node()
owner.target = target
keyed = {"target": target}
print([type(each).__name__ for each in gc.get_referrers(target) if each is not globals()])
print(count(gc.get_objects()), count(gc.get_objects(0)))
gc.collect()
print(count(gc.get_objects(0)), count(gc.get_objects(2)))


def watch(phase, info):
    print(phase, sorted(info.items()))


gc.callbacks.append(watch)
node.me = node
del node
print(gc.collect(), gc.collect(0), gc.collect(1))
gc.callbacks.append(len)
gc.collect(0)
gc.callbacks.clear()
print(gc.get_count()[1:])

gc.set_debug(gc.DEBUG_SAVEALL)
node = Node()
node.me = node
del node
print(gc.collect(), [type(each).__name__ for each in gc.garbage], gc.get_debug())
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect())
gc.freeze()
print(gc.get_count()[1:])
gc.unfreeze()
print(gc.get_freeze_count(), [sorted(each) for each in gc.get_stats()][0])
