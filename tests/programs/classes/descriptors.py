# Descriptors: data descriptors win over the instance, others do not.
class Data:
    def __set_name__(self, owner, name):
        print("set_name", owner.__name__, name)
        self.name = name

    def __get__(self, instance, owner):
        if instance is None:
            return "from the class"
        return instance.__dict__.get("_" + self.name, "unset")

    def __set__(self, instance, value):
        print("set", self.name, value)
        instance.__dict__["_" + self.name] = value

    def __delete__(self, instance):
        print("delete", self.name)
        del instance.__dict__["_" + self.name]


class NonData:
    def __get__(self, instance, owner):
        return "non-data"


class Thing:
    data = Data()
    non = NonData()


t = Thing()
print(t.data, Thing.data, t.non, Thing.non)
t.data = 5
t.__dict__["data"] = "hidden"
t.non = "instance wins"
print(t.data, t.non, t.__dict__)
del t.data
print(t.data)


class Typed:
    def __init__(self, kind):
        self.kind = kind

    def __set_name__(self, owner, name):
        self.slot = name

    def __get__(self, instance, owner):
        return self if instance is None else instance.__dict__[self.slot]

    def __set__(self, instance, value):
        if not isinstance(value, self.kind):
            raise TypeError(f"{self.slot} must be {self.kind.__name__}")
        instance.__dict__[self.slot] = value


class Person:
    name = Typed(str)
    age = Typed(int)

    def __init__(self, name, age):
        self.name, self.age = name, age


print(Person("Ada", 36).name, Person.age.kind)
try:
    Person("Ada", "old")
except TypeError as error:
    print(error)


def function(self):
    return "bound to", self


print(function.__get__(5)(), function.__get__(None, int) is function)
