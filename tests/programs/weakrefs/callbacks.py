# Callbacks are called when the object goes: behind its __del__, before what it holds goes, the newest first.
import sys
from _io import StringIO
from _weakref import proxy, ref


class Thing:
    def __init__(self, name, *parts):
        self.name = name
        self.parts = parts

    def __del__(self):
        print("del", self.name, watch is None or watch() is self)


def told(reference):
    print("told", reference(), reference.__callback__)


watch = None
thing = Thing("plain")
watch = ref(thing, told)
print(watch.__callback__ is told)
del thing

thing = Thing("watched three times")
watch = ref(thing)
watchers = [ref(thing, lambda gone, number=number: print("watcher", number)) for number in range(3)]
watchers.append(proxy(thing, lambda gone: print("proxy")))
thing = None

watch = None
inner = Thing("inner")
outer = Thing("outer", inner)
watchers = [ref(inner, lambda gone: print("inner is gone")), ref(outer, lambda gone: print("outer is gone"))]
del inner
del outer

# A reference that is gone before tells nobody.
thing = Thing("forgotten")
watch = ref(thing, told)
watch = None
del thing


# __del__ may bring the object back: then nobody is told before it goes for good.
class Phoenix:
    def __del__(self):
        global back
        back = self
        print("back")


phoenix = Phoenix()
watch = ref(phoenix, lambda gone: print("gone for good", gone()))
del phoenix
print(watch() is back)
del back


# A generator tells before it is closed.
def generator():
    try:
        yield
    finally:
        print("closing", watch())


running = generator()
next(running)
watch = ref(running, lambda gone: print("generator goes"))
del running


# A callback may raise, and may be nothing that can be called: that is told, and the program goes on.
def failing(reference):
    raise LookupError("from a callback")


def lose():
    thing = Thing("lost in a function")
    return ref(thing, failing)


watch = None
sys.stderr = errors = StringIO()
lost = lose()
thing = set()
lost = ref(thing, 5)
del thing
sys.stderr = sys.__stderr__
print("".join(map(str.lstrip, errors.getvalue().split(" at 0x"), ["0123456789abcdef"] * 99)))


# Callbacks of objects that go together.
def several():
    watchers.clear()
    first, second = Thing("first"), Thing("second")
    for each in first, second:
        watchers.append(ref(each, lambda gone, name=each.name: print("told of", name)))
    del each
    print("leaving")


several()
print("end")
