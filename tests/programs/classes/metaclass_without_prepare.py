# A metaclass that is no class need not have a `__prepare__`: a `__getattr__` that does not know it is not heard of.
class Making:
    def __getattr__(self, name):
        print("asked for", name)
        raise AttributeError(name)

    def __call__(self, name, bases, namespace):
        return name, bases, sorted(namespace)


class Made(metaclass=Making()):
    x = 1


print(Made)


class Failing(Making):
    def __getattr__(self, name):
        raise LookupError(name)


try:

    class Unmade(metaclass=Failing()):
        pass

except LookupError as error:
    print(repr(error))
