# The builtin functions that take any iterable.
print(list(enumerate("ab")), list(enumerate("ab", 5)), list(zip("abc", [1, 2])), list(zip()), list(zip("ab", "cd", "ef")))
print(list(map(str, [1, 2])), list(map(lambda a, b: a * b, [1, 2, 3], [4, 5])), list(filter(lambda x: x % 2, range(6))))
print(sum([1, 2, 3]), sum([1, 2], 10), sum([0.1] * 10), sum([]), sum([1, 2.5, True]), sum((1j, 2)))
print(min(3, 1, 2), max([3, 1, 2]), min("b", "a"), max([], default="none"), max("aa", "b", key=len), min([-3, 2], key=abs))
print(any([0, 1]), all([1, 0]), any(x > 3 for x in range(5)), all(()), list(reversed([1, 2, 3])), sorted("cab"))
print(abs(-3), round(2.567, 1), divmod(17, 5), pow(2, 10), len("abc"), len({1: 2}), isinstance(1, int), isinstance(True, (str, int)))
print(next(iter([7, 8])), next(iter([]), "end"), list(iter([1, 2, 3])), type(5).__name__, type("").__name__, callable(print))
print(chr(97), ord("a"), hex(10), bin(3), oct(9), repr("a"), ascii("é"), str(5), bool([]), int("5"), float("1.5"))
print(list(zip([1, 2, 3], range(10), strict=False)), hash(5), issubclass(bool, int))
for what in (lambda: max([]), lambda: sum(["a"]), lambda: list(zip([1], [1, 2], strict=True)), lambda: next(iter([])), lambda: len(5), lambda: iter(5), lambda: max(5), lambda: min(), lambda: sum("ab", ""), lambda: reversed({1}), lambda: sorted(5), lambda: abs("x")):
    try:
        print(what())
    except (ValueError, TypeError, StopIteration) as error:
        print(type(error).__name__, error)
counter = iter(range(100))
print(list(zip(counter, counter))[:2], list(iter(lambda it=iter([1, 2, 0, 3]): next(it), 0)))
