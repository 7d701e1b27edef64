# A mapping that is spread gives all its keys before it is asked for the first item, and says what it is asked for.
log = []


class Keys:
    def __iter__(self):
        log.append("iter")
        return Next()


class Next:
    def __init__(self):
        self.left = ["b", "a"]

    def __iter__(self):
        log.append("iter of iterator")
        return self

    def __length_hint__(self):
        log.append("hint")
        return 2

    def __next__(self):
        log.append("next")
        if not self.left:
            raise StopIteration
        return self.left.pop()


class Mapping:
    def __getattribute__(self, name):
        log.append(f"get {name}")
        return object.__getattribute__(self, name)

    def keys(self):
        log.append("keys")
        return Keys()

    def __getitem__(self, key):
        log.append(f"item {key}")
        return key


class Late:
    def __getattr__(self, name):
        log.append(f"late {name}")
        if name == "keys":
            return lambda: ["a"]
        raise AttributeError(name)

    def __getitem__(self, key):
        return key


class Refuses(Late):
    def __getattribute__(self, name):
        raise AttributeError(f"no {name}")

    def __getattr__(self, name):
        raise AttributeError(f"still no {name}")


class Broken:
    keys = 5


class Inside:
    def __init__(self, error):
        self.error = error

    def keys(self):
        return ["a"]

    def __getitem__(self, key):
        raise self.error


def called(**named):
    return named


def show(name, action, *args):
    log.clear()
    try:
        result = action(*args)
    except Exception as error:
        result = f"{type(error).__name__}: {error}, context {error.__context__!r}"
    print(name, result, log)


ways = {
    "display": lambda x: {**x},
    "call": lambda x: called(**x),
    "twice": lambda x: called(**x, **x),
    "dict": dict,
    "update": lambda x: {}.update(x),
    "keywords": lambda x: dict(**x),
}
for made in (Mapping(), Late(), Refuses(), Broken(), Inside(KeyError("k")), Inside(KeyError(1, 2)), Inside(AttributeError("a"))):
    for name, way in ways.items():
        show(f"{type(made).__name__} {name}", way, made)
