# What CPython says of items that cannot be deleted or set hangs on the index, and on how the type is made.
class Sets:
    def __setitem__(self, key, value):
        print("set", type(key).__name__)


class Deletes:
    def __delitem__(self, key):
        print("delete", type(key).__name__)


class Neither:
    pass


class Word(str):
    pass


class Index:
    def __index__(self):
        print("index")
        return 1


def tell(what, change, key):
    try:
        change(what, key)
    except Exception as error:
        print(" ", type(error).__name__, error)


def delete(what, key):
    del what[key]


def put(what, key):
    what[key] = 1


for what in (Sets(), Deletes(), Neither(), Word("w"), "text", b"b", (), range(3), {1}, {}.keys(), 5, None, len):
    print(type(what).__name__)
    for key in (0, "k", slice(1, 2), Index(), 10**30):
        tell(what, delete, key)
        tell(what, put, key)
