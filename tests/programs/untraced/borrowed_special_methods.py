"""Special methods of a class that are another type's, or another method's of its own: what they say holds everywhere."""


class Number(int):
    __str__ = int.__repr__

    def __repr__(self):
        return "<Number>"


class Word(str):
    __repr__ = str.__str__

    def __str__(self):
        return "<Word>"


class Plain(list):
    __repr__ = object.__repr__
    __eq__ = object.__eq__
    __hash__ = object.__hash__


class Sized(dict):
    __hash__ = dict.__len__
    __bool__ = dict.__len__


class Wrong(list):
    __repr__ = str.__repr__
    __lt__ = tuple.__lt__
    __iter__ = list.__len__
    __contains__ = list.__getitem__


number = Number(15)
print(str(number), repr(number), f"{number}", format(number), "%s %r" % (number, number), "{0} {0!r}".format(number))
word = Word("text")
print(str(word), repr(word), [word], f"{word}", "%s %r" % (word, word))
plain = Plain([1, 2])
print(repr(plain).startswith("<__main__.Plain object at 0x"), [plain] == [[1, 2]], plain == plain, {plain: 1}[plain])
print(hash(Sized(a=1, b=2)))
for ask in (bool, repr, iter, lambda wrong: wrong < [], lambda wrong: 1 in wrong, lambda wrong: [wrong].__repr__()):
    for value in (Sized(a=1), Wrong([4, 5])):
        try:
            print(type(ask(value)).__name__)
        except TypeError as error:
            print(error)

# all() and any() of a generator expression are those of the start, tuple() is the name's: all are asked for first.
import builtins

kept = all, any, tuple
builtins.all = builtins.any = builtins.tuple = lambda items: "mine"
print(all(n for n in [1]), any(n for n in [1]), tuple(n for n in [1]))
builtins.all, builtins.any, builtins.tuple = kept
print(all(n for n in [1]), any(n for n in [0]), tuple(n for n in [1]))
