# Classes: attributes of class and instance, methods, and lookups.
class Dog:
    """A good dog."""

    kind = "canine"
    tricks = []

    def __init__(self, name):
        self.name = name

    def speak(self):
        return f"{self.name} says woof"

    def learn(self, trick):
        self.tricks.append(trick)
        return self


a, b = Dog("Rex"), Dog("Fido")
print(a.speak(), b.speak(), Dog.speak(a), a.kind, Dog.kind)
a.kind = "wolf"
print(a.kind, b.kind, Dog.kind, a.__dict__, b.__dict__)
a.learn("sit").learn("roll")
print(b.tricks, Dog.tricks is a.tricks)
method = a.speak
print(method(), method.__self__ is a, method.__func__ is Dog.speak, a.speak == a.speak, a.speak is a.speak)
del a.kind
print(a.kind, hasattr(a, "kind"), getattr(a, "nothing", "default"), Dog.__doc__, Dog.__name__, type(a) is Dog, a.__class__.__name__)
setattr(b, "age", 3)
print(b.age, vars(b), isinstance(a, Dog), isinstance(a, object), Dog.__bases__, Dog.__module__)
delattr(b, "age")
Dog.bark = lambda self: self.name + "!"
print(a.bark(), "bark" in Dog.__dict__, "bark" in dir(a))
for what in (lambda: b.age, lambda: Dog(), lambda: Dog.missing, lambda: a(), lambda: Dog("a", "b"), lambda: delattr(a, "zz"), lambda: a.speak(1)):
    try:
        print(what())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)


class Empty:
    pass


e = Empty()
e.x = 1
print(e.x, Empty.__name__, Empty.__qualname__, Empty.__mro__)
