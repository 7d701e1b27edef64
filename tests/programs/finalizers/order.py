# __del__ runs as soon as the last reference goes, and in which order when several go at once.
class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def local_variables():
    first = Thing("first local")
    second = Thing("second local")
    print("returning")


def replaced():
    thing = Thing("old")
    thing = Thing("new")
    print("replaced")
    del thing
    print("deleted")


class Keeper:
    kept = None

    def __del__(self):
        Keeper.kept = self
        print("kept")


class Holder:
    def __init__(self, held):
        self.held = held

    def __del__(self):
        print("holder goes")


local_variables()
replaced()
things = [Thing(1), Thing(2), Thing(3)]
things = None
things = (Thing(4), Thing(5), Thing(6))
things = None
things = {"a": Thing(7), "b": Thing(8)}
things = None
holder = Holder(Thing("held"))
holder = None
keeper = Keeper()
keeper = None
print(Keeper.kept is not None)
Keeper.kept = None
print("a finalizer runs once")
Thing("dropped at once")
print([Thing("in a list").name, "then"])
for thing in [Thing("a"), Thing("b")]:
    print("loop", thing.name)
print("behind the loop")
thing = None


def raising():
    local = Thing("in a frame")
    raise ValueError("frames are kept")


try:
    raising()
except ValueError as error:
    print("handling")
print("handled")


def generator():
    thing = Thing("of a generator")
    try:
        yield 1
    finally:
        print("generator closed")


running = generator()
next(running)
running = None
print("end")
