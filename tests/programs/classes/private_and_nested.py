# Name mangling, nested classes, class scope, and attributes made in a loop.
class Account:
    __secret = "s"

    def __init__(self):
        self.__balance = 10
        self._internal = 1

    def __hidden(self):
        return self.__balance + len(self.__secret)

    def show(self):
        return self.__hidden()

    class Inner:
        def who(self):
            return type(self).__qualname__

    names = ["a", "b"]
    for name in names:
        locals()[name + "_field"] = name * 2
    total = sum(len(n) for n in names)


a = Account()
print(a.show(), sorted(a.__dict__), Account._Account__secret, hasattr(a, "__balance"), a._Account__balance)
print(Account.Inner().who(), Account.a_field, Account.b_field, Account.name, Account.total)


class Outer:
    x = 1

    class Inner:
        y = 2

        def get(self):
            return Outer.x + self.y


print(Outer.Inner().get(), Outer.Inner.__qualname__, Outer.Inner.get.__qualname__)


def make(n):
    class Local:
        value = n

        def get(self):
            return self.value + n

        def cls(self):
            return __class__.__name__

    return Local


print(make(3)().get(), make(4).value, make(1).__qualname__, make(1)().cls(), make(1) is make(1))
if True:

    class Conditional:
        pass


print(Conditional.__name__, [type(o).__name__ for o in (Account(), Outer(), make(0)())])


class WithDoc:
    "the doc"
    field: int = 5
    other: str


print(WithDoc.__doc__, WithDoc.field, hasattr(WithDoc, "other"), WithDoc.__annotations__)
