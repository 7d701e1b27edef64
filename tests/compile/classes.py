"""Classes, their cells, their names."""
from __future__ import generator_stop


class Empty: ...


class Base(object, metaclass=type, **{}):
    """Doc."""
    __private = 1
    x: int = 1
    if x:
        y: str
    for z in range(3):
        w: "forward" = z

    def __init__(self, value):
        self.value = value
        self.__hidden = super().__init__
        super().__init__()
        super(Base, self).method(value, a=1)
        self.other: int = 2

    def method(self, __arg):
        print(super().x, super().__class__, __arg)
        return __class__

    @staticmethod
    def maker():
        class Local:
            def get(self):
                return __class__, Local, maker
            maker = 1
        return Local

    @property
    def prop(self) -> "int":
        return self.__private

    table = [i for i in range(3) if i]
    nested = [[j for j in i] for i in table]
    made = [lambda: __class__ for _ in table]
    pairs = {k: v for k, v in zip(table, table)}


def outer(base, *args):
    seen = 1

    class Inner(base, *args, key=seen):
        seen = seen

        def get(self):
            nonlocal seen
            return seen, self

        class Deep:
            def far(self):
                return seen, __class__
    global Named

    class Named:
        def me(self): pass
    return Inner


@outer
class Decorated(Base):
    del x
