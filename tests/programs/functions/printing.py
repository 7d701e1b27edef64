# print: separators, ends, many types, and objects with __str__.
print()
print("a", "b", 1, None, sep="-")
print("a", "b", sep="")
print("no newline", end="")
print(" / after")
print(1, 2, sep=", ", end="!\n")
print(*[1, 2, 3], sep="\n")
print("x", "y", sep=None, end=None)


class Both:
    def __str__(self):
        return "str of Both"

    def __repr__(self):
        return "repr of Both"


class OnlyRepr:
    def __repr__(self):
        return "OnlyRepr()"


print(Both(), OnlyRepr(), [Both(), OnlyRepr()], {"k": Both()}, (Both(),))
print(f"{Both()} {Both()!r}", "%s %r" % (Both(), Both()), "{} {!r}".format(Both(), Both()), str(OnlyRepr()))
print([1.0, "a'b", None, True, (1,), {2: [3]}, {4}, b"x", range(2), slice(1, 2), ..., int, len, ValueError("v")])


class Bad:
    def __str__(self):
        return 5


try:
    print("before", Bad())
except TypeError as error:
    print(error)
try:
    print("x", sep=1)
except TypeError as error:
    print(error)
print("tab\tand\nnewline", "unicode é 日 🐍")
print(print("inner"))
