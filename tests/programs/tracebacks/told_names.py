# The name that was probably meant is looked for among those that a `__dir__` in Python tells.
import sys


class Told:
    def __dir__(self):
        print("asked", file=sys.stderr)
        return ["telephone", 5, "_hidden"]


class Odd:
    def __dir__(self):
        raise ValueError("not now")

    telephone = 1


class Watched:
    telephone = 1

    def __getattribute__(self, name):
        print("watched", name, file=sys.stderr)
        return object.__getattribute__(self, name)


class NoList(Odd):
    def __dir__(self):
        return 5


class Iterator(Odd):
    def __dir__(self):
        return iter(("telefone",))


try:
    Odd().telephon
except AttributeError as first:
    try:
        Iterator().telephon
    except AttributeError as second:
        try:
            NoList().telephon
        except AttributeError as third:
            try:
                Watched().telephon
            except AttributeError:
                try:
                    Told()._hiden
                except AttributeError:
                    Told().telephon
