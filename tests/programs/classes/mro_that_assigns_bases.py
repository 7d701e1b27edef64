# A mro() in Python may assign bases of the class that is being ordered, or extend it, before it is ready.
class Meta(type):
    ready = False

    def mro(cls):
        hook = hooks.get(cls.__name__)
        if hook and Meta.ready:
            hook(cls)
        return type.mro(cls)


hooks = {}


def fresh():
    Meta.ready = False

    class A(metaclass=Meta):
        pass

    class B1(A):
        pass

    class B2(A):
        pass

    class C(A):
        pass

    Meta.ready = True
    return A, B1, B2, C


def shown(*classes):
    for cls in classes:
        names = [[base.__name__ for base in group] for group in (cls.__bases__, cls.__mro__, cls.__subclasses__())]
        print(" ", cls.__name__, *names)


print("a circle")
A, B1, B2, C = fresh()
hooks["B1"] = lambda cls: setattr(B2, "__bases__", (B1,))
hooks["B2"] = lambda cls: setattr(B1, "__bases__", (B2,))
try:
    B1.__bases__ += ()
except TypeError as error:
    print(error)
hooks.clear()

print("an error after other bases were assigned")
A, B1, B2, C = fresh()


def assign(cls):
    if C.__bases__ == (B2,):
        Meta.ready = False
    else:
        C.__bases__ = (B2,)
        raise ValueError("no order")


hooks["C"] = assign
try:
    C.__bases__ = (B1,)
except ValueError as error:
    print(error)
B1.__bases__ = (C,)
shown(A, B1, B2, C)
hooks.clear()

print("a class that is not ready")


class Eager(type):
    def mro(cls):
        if cls.__mro__ is None and cls.__name__ != "X":
            try:

                class X(cls):
                    pass
            except TypeError as error:
                print(error)
        return type.mro(cls)


class Extended(metaclass=Eager):
    pass


print(Extended.__mro__)
