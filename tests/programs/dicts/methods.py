# What a dict can do; it keeps the order of insertion.
ages = {"Ada": 36, "Bob": 25}
ages["Cy"] = 41
ages["Ada"] = 37
print(ages, len(ages), ages["Bob"], "Cy" in ages, "Dee" not in ages)
print(ages.get("Dee"), ages.get("Dee", 0), ages.setdefault("Dee", 5), ages.setdefault("Dee", 6))
print(list(ages), list(ages.keys()), list(ages.values()), list(ages.items()))
print(ages.pop("Bob"), ages.pop("Bob", "none"), ages.popitem(), ages)
ages.update({"Eve": 1}, Fay=2)
ages.update([("Gil", 3), ("Eve", 9)])
print(ages, dict(ages) == ages, ages.copy() is ages)
print(dict(a=1, b=2), dict([("x", 1)]), dict({"y": 2}, z=3), dict.fromkeys("ab"), dict.fromkeys([1, 2], 0), {})
print({"a": 1} | {"b": 2, "a": 3}, {"a": 1} == {"a": 1.0}, {1: 2} != {1: 3}, {"a": 1, "b": 2} == {"b": 2, "a": 1})
ages |= {"Hal": 8}
del ages["Eve"]
print(ages, list(reversed(ages)))
for what in (lambda: ages["nobody"], lambda: ages[[]], lambda: {}.popitem(), lambda: ages.pop(3), lambda: dict([1]), lambda: {"a": 1} < {"b": 2}, lambda: dict([(1, 2, 3)])):
    try:
        print(what())
    except (KeyError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
ages.clear()
print(ages, bool(ages), bool({0: 0}))
