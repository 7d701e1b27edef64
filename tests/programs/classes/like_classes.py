"""isinstance and issubclass of what is no class, but has `__bases__`: they are looked for, and theirs."""


class Like:
    def __init__(self, name, *bases):
        self.name = name
        self.bases = bases

    @property
    def __bases__(self):
        print("bases of", self.name)
        return self.bases


root = Like("root")
middle = Like("middle", root)
leaf = Like("leaf", middle, int)
print(issubclass(leaf, root), issubclass(root, leaf), issubclass(leaf, int), issubclass(int, leaf))
print(issubclass(leaf, (str, root)))


class Claims:
    @property
    def __class__(self):
        print("class")
        return leaf


print(isinstance(Claims(), root), isinstance(Claims(), int), isinstance(1, root))


class NoTuple:
    __bases__ = [int]


class Fails:
    @property
    def __bases__(self):
        raise ValueError("no bases")


for check in isinstance, issubclass:
    for subject in 1, int, leaf, NoTuple(), Fails():
        for kind in 1, int, root, NoTuple(), Fails(), list[int], int | str, (1,):
            try:
                print(check(subject, kind), end=" ")
            except (TypeError, ValueError) as error:
                print(type(error).__name__, error)
