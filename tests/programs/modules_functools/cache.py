"""The cache behind functools.lru_cache: hits and misses, its limit, its keys, and what it holds."""

import sys
from _functools import _lru_cache_wrapper


def info(hits, misses, limit, size):
    return f"{hits} hits, {misses} misses, {size} of {limit}"


def cached(limit, typed=False):
    return lambda function: _lru_cache_wrapper(function, limit, typed, info)


def attempt(function, *args, **names):
    try:
        print("gives", function(*args, **names))
    except Exception as error:
        print(type(error).__name__, error)


for limit in (None, 0, 1, 2, 3, -3, True, False):
    calls = []

    @cached(limit)
    def numbered(*args, **names):
        calls.append(args)
        return len(calls)

    print(limit, numbered.cache_info())
    print([numbered(item) for item in (1, 2, 1, 1.0, True, 3, 2, "a", "a", (), 1, 2, 3, 1)], numbered(), numbered())
    print(numbered(a=1), numbered(a=1), numbered(1, a=1), numbered(a=1, b=2), numbered(b=2, a=1), numbered.cache_info())
    print(numbered.cache_clear(), numbered.cache_info(), numbered(1), numbered.cache_info())


@cached(None, True)
def typed(*args, **names):
    return args, names


print(typed(1), typed(1.0), typed(True), typed(1), typed(a=1), typed(a=1.0), typed.cache_info())
attempt(typed, [])
attempt(typed, a=[])
print(typed.cache_info())


@cached(None)
def fibonacci(number):
    return number if number < 2 else fibonacci(number - 1) + fibonacci(number - 2)


print(fibonacci(80), fibonacci.cache_info())


@cached(2)
def small(number):
    return number if number < 2 else small(number - 1) + small(number - 2)


print(small(10), small.cache_info())


class Key:
    def __init__(self, name, alike):
        self.name, self.alike = name, alike

    def __hash__(self):
        print("hash", self.name)
        return self.alike

    def __eq__(self, other):
        print("equal", self.name, getattr(other, "name", other))
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return self.name


for limit in (None, 1, 2):
    @cached(limit)
    def keyed(key):
        print("call", key)
        return key.name

    keys = [Key(name, alike) for name, alike in (("a", 1), ("b", 1), ("a", 1), ("c", 2), ("b", 1))]
    print([keyed(key) for key in keys], keyed.cache_info())
    keyed.cache_clear()


class Bad:
    def __hash__(self):
        raise KeyError("no hash")


attempt(fibonacci, Bad())
attempt(fibonacci, "x")
print(fibonacci.cache_info())


@cached(1)
def again(number):
    """Puts its own result in before it returns."""
    if number:
        again.cache_clear()
        return again(0) + 1
    return 0


print(again(1), again(1), again(0), again.cache_info())


class Owner:
    def __init__(self, name):
        self.name = name

    @cached(None)
    def method(self, number):
        print("method", self.name, number)
        return number

    @classmethod
    @cached(None)
    def of_class(cls, number):
        return cls.__name__, number


one, two = Owner("one"), Owner("two")
print(one.method(1), one.method(1), two.method(1), Owner.method(one, 1), Owner.of_class(2), one.of_class(2))
print(Owner.method.cache_info(), type(one.method), type(Owner.method), one.method.__func__ is Owner.method)


class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone", self.name)


def count(*args, **names):
    counts.append([sys.getrefcount(value) for value in (*args, *names.values())])
    return args


for limit in (None, 0, 1):
    counts = []
    counting = cached(limit)(count)
    thing = Thing(limit)
    counting(thing)
    counting("text", thing)
    counting(thing, name=thing)
    print(counts, sys.getrefcount(thing))
    del thing
    counting(1)
    print("cleared")
    counting.cache_clear()

made = cached(2)(Thing)
made(1), made(2), made(1), made(3), made(4)
print("end", made.cache_info())
made.cache_clear()

attempt(_lru_cache_wrapper)
attempt(_lru_cache_wrapper, 1, 2, 3, 4)
attempt(_lru_cache_wrapper, len, "a", False, info)
attempt(_lru_cache_wrapper, len, 1.5, False, info)
attempt(_lru_cache_wrapper, len, None, False)
attempt(_lru_cache_wrapper, len, None, False, info, 1)
print(_lru_cache_wrapper(user_function=len, maxsize=1, typed=0, cache_info_type=info)("abc"))
attempt(typed.cache_info, 1)
attempt(typed.cache_clear, 1)
attempt(lambda: typed.missing)
attempt(typed.__reduce__)
typed.__qualname__ = "typed"
print(typed.__reduce__(), typed.__dict__, typed.__copy__() is typed, typed.__deepcopy__({}) is typed, callable(typed))
try:
    class Derived(_lru_cache_wrapper):
        pass
except TypeError as error:
    print(error)


@cached(None)
def failing(number):
    raise ValueError(number)


attempt(failing, 1)
attempt(failing, 1)
print(failing.cache_info())
