# What objects are made of, in each pickle protocol.
FUNCTIONS = (type(lambda: 0), type(len))


class Text(str):
    pass


class Numbers(list):
    pass


class Table(dict):
    pass


class SlottedList(list):
    __slots__ = ("a", "b")


class Slotted:
    __slots__ = ("a", "__hidden")


class Below(Slotted):
    __slots__ = ("__own", "__dict__", "__weakref__")


class Stated(Slotted):
    __slots__ = ()

    def __getstate__(self):
        print("__getstate__ of", type(self).__name__)
        return 5


class Empty:
    def __getstate__(self):
        return 0


class Prefix(bytearray):
    pass


class Asking:
    __slots__ = ("a", "b")

    def __getattr__(self, name):
        print("__getattr__", name)
        raise AttributeError(name)


class Turning:
    __slots__ = ("late",)

    def __getattr__(self, name):
        type(self).late = 42
        return 7


class Masked:
    @property
    def __class__(self):
        return int


def shown(value):
    if isinstance(value, FUNCTIONS):
        return value.__name__
    if type(value) is tuple:
        return "(" + " ".join(shown(item) for item in value) + ")"
    if type(value).__name__.endswith("iterator"):
        return repr(list(value))
    if type(value).__repr__ is object.__repr__:
        return type(value).__name__
    return repr(value)


def reduced(value, protocols=(0, 1, 2, 4)):
    for protocol in protocols:
        try:
            print(type(value).__name__, protocol, shown(value.__reduce_ex__(protocol)))
        except TypeError as error:
            print(type(value).__name__, protocol, "TypeError:", error)
    print(shown(value.__getstate__()), type(value).__dict__.get("__slotnames__"))


text = Text("abc")
text.note = 1
reduced(text)
reduced(Numbers([1, 2]))
reduced(Table(a=1))
slotted_list = SlottedList([3])
slotted_list.a = 4
reduced(slotted_list)
slotted = Slotted()
slotted.a = 1
reduced(slotted)
below = Below()
below.a, below._Slotted__hidden, below.free = 1, 2, 3
reduced(below)
reduced(Stated())
reduced(Empty())
reduced(Prefix(b"ab"), (0, 1, 2, 3))
reduced(bytearray(), (0, 3))
reduced(Asking())
reduced(Turning())
reduced(Masked())
own = Empty()
own.__getstate__ = lambda: "its own"
reduced(own)

# The list of slots is kept, and believed.
Slotted.__slotnames__ = ["a"]
reduced(slotted, (2,))
Slotted.__slotnames__ = None
reduced(slotted, (2,))
Slotted.__slotnames__ = 3
try:
    slotted.__reduce_ex__(2)
except TypeError as error:
    print(error)

# What is found again by its name.
for value in (
    text.upper, text.__add__, str.upper, str.__add__, Slotted.__dict__["a"], Stated().__getstate__, list[int],
    *tuple[int], iter(list[int]), len, int.from_bytes,
):
    print(type(value).__name__, shown(value.__reduce_ex__(2)), shown(value.__reduce__()))

for value in (memoryview(b""), type, (lambda: 0), iter, {}.keys(), property(), str.__dict__["maketrans"]):
    for protocol in (0, 2):
        try:
            print(shown(object.__reduce_ex__(value, protocol)))
        except TypeError as error:
            print(type(value).__name__, protocol, "TypeError:", error)
