# Proxies do what the object behind them does, until it is gone.
from _weakref import CallableProxyType, ProxyType, getweakrefs, proxy, ref


class Number:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"Number({self.value})"

    def __eq__(self, other):
        return "equal", self.value, other

    def __lt__(self, other):
        return "less", self.value, other

    def __add__(self, other):
        return "add", self.value, other

    def __radd__(self, other):
        return "radd", self.value, other

    def __iadd__(self, other):
        self.value += other
        return self

    def __pow__(self, other, modulus=None):
        return "pow", other, modulus

    def __matmul__(self, other):
        return "matmul", other

    def __divmod__(self, other):
        return "divmod", other

    def __neg__(self):
        return "neg"

    def __abs__(self):
        return "abs"

    def __int__(self):
        return 7

    def __float__(self):
        return 7.5

    def __index__(self):
        return 2

    def __len__(self):
        return 3

    def __getitem__(self, index):
        return "item", index

    def __setitem__(self, index, value):
        print("set", index, value)

    def __delitem__(self, index):
        print("delete", index)

    def __contains__(self, item):
        return item == 1

    def __iter__(self):
        return iter("abc")

    def __reversed__(self):
        return "reversed"

    def __bytes__(self):
        return b"bytes"


class Caller:
    def __call__(self, *args, **keywords):
        return args, keywords


def attempt(what):
    try:
        print(what())
    except Exception as error:
        print(type(error).__name__, error)


number = Number(4)
it = proxy(number)
print(type(it), it.__class__, isinstance(it, Number), it is proxy(number), it.value, str(it))
print(it + 1, 1 + it, it**2, pow(it, 2, 5), it @ 1, divmod(it, 1), -it, abs(it), int(it), float(it))
print(it == 1, it < 1, len(it), it[4], 1 in it, 2 in it, list(it), [5, 6, 7][it], bytes(it), reversed(it), bool(it))
it[1] = 2
del it[1]
it.more = 5
print(number.more, hasattr(it, "less"))
del it.more
attempt(lambda: it.more)
attempt(lambda: it - 1)
attempt(lambda: ~it)
attempt(lambda: it > 1)
attempt(lambda: hash(it))
attempt(lambda: next(it))
attempt(lambda: it())
attempt(lambda: ProxyType())
attempt(lambda: type("Own", (ProxyType,), {}))
kept = it
it += 3
print(type(it), number.value, it is number)
print([type(each).__name__ for each in getweakrefs(number)])
del it, number
for use in (
    lambda: kept.value,
    lambda: kept + 1,
    lambda: 1 + kept,
    lambda: len(kept),
    lambda: str(kept),
    lambda: bool(kept),
    lambda: kept == 1,
    lambda: list(kept),
    lambda: kept[0],
    lambda: isinstance(kept, int),
    lambda: setattr(kept, "x", 1),
):
    attempt(use)

caller = Caller()
call = proxy(caller, lambda gone: print("gone", type(gone) is CallableProxyType))
print(type(call), call(1, two=2))
ref(caller)
print([type(each).__name__ for each in getweakrefs(caller)])
del caller


class Counter:
    def __init__(self):
        self.count = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.count += 1
        if self.count > 3:
            raise StopIteration
        return self.count


counter = Counter()
print(next(proxy(counter)), list(proxy(counter)))
