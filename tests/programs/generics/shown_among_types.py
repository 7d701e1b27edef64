"""What stands in `list[...]` is shown as a class if it looks like one, by Python code that is asked."""


class Asked:
    def __init__(self, **names):
        self.names = names

    def __getattr__(self, name):
        print("ask", name)
        try:
            return self.names[name]
        except KeyError:
            raise AttributeError(name)

    def __repr__(self):
        return "shown by itself"


print(list[Asked()])
print(dict[Asked(__qualname__="Name", __module__="place"), Asked(__qualname__="Name", __module__="builtins")])
print(list[Asked(__qualname__="Name", __module__=None)])
print(list[Asked(__qualname__=None, __module__=1)])
print(list[Asked(__origin__=1, __args__=2, __qualname__="Name", __module__="place")])
print(list[Asked(__origin__=1, __qualname__="Name", __module__="place")])
print(int | list[Asked()], f"{tuple[list[[Asked()]], int]}")


class Fails:
    @property
    def __args__(self):
        raise ValueError("no arguments")

    __origin__ = 1


try:
    print(list[Fails()])
except ValueError as error:
    print(error)
