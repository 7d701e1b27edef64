"""A property takes its docstring from its getter, which may be any object."""


class Getter:
    def __init__(self, doc):
        self.doc = doc

    def __call__(self, instance):
        return 1

    @property
    def __doc__(self):
        print("asked")
        if isinstance(self.doc, Exception):
            raise self.doc
        return self.doc


class Derived(property):
    pass


class Slotted(property):
    __slots__ = ()


for kind in property, Derived, Slotted:
    for doc in "text", None, 1, ValueError("no docstring"), AttributeError("none"):
        try:
            made = kind(Getter(doc))
            print(kind.__name__, made.__doc__, kind(Getter(doc), doc="given").__doc__)
            print(made.getter(Getter("other")).__doc__, made.setter(print).__doc__)
        except (ValueError, AttributeError) as error:
            print(kind.__name__, type(error).__name__, error)


def plain(self):
    """A docstring."""


print(property(plain).__doc__, Derived(plain).__doc__, property().__doc__)
