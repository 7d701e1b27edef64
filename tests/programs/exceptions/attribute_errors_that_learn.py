# An AttributeError that Python code raises for an attribute learns the name and the object; others know neither.
class Asked:
    blech = None

    def __getattr__(self, name):
        raise AttributeError()


class Computed:
    @property
    def size(self):
        raise AttributeError("no size", 1)

    @property
    def chained(self):
        return self.missing


class Own:
    def __getattribute__(self, name):
        raise AttributeError(name, name="own")


class Meta(type):
    @property
    def kind(cls):
        raise AttributeError("no kind")


class Of(metaclass=Meta):
    pass


class Descriptor:
    def __get__(self, instance, owner):
        raise AttributeError("descriptor")


class Described:
    field = Descriptor()


class Slotted:
    __slots__ = ("one",)


def unbound():
    value
    value = 1


def free():
    def inner():
        return later

    inner()
    later = 1


def tell(title, function):
    try:
        function()
    except (AttributeError, NameError) as error:
        shown = getattr(error, "obj", None)
        print(title, error.args, error.name, type(shown).__name__)


tell("getattr", lambda: Asked().bluch)
tell("getattr, called", lambda: Asked().bluch())
tell("property", lambda: Computed().size)
tell("property, called", lambda: Computed().size())
tell("chained", lambda: Computed().chained)
tell("own", lambda: Own().x)
tell("of the metaclass", lambda: Of.kind)
tell("of the metaclass, called", lambda: Of.kind())
tell("descriptor", lambda: Described().field)
tell("delete", lambda: delattr(Computed(), "x"))
tell("delete of a class", lambda: delattr(Of, "x"))
tell("delete of a function", lambda: delattr(tell, "x"))
tell("delete of a slot", lambda: delattr(Slotted(), "one"))
tell("delete of no slot", lambda: delattr(Slotted(), "two"))
tell("unbound", unbound)
tell("free", free)
print(hasattr(Asked(), "x"), getattr(Computed(), "size", 7))
Asked().bluch
