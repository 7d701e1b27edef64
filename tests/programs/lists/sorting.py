# Sorting is stable; keys are computed once; comparisons are visible.
people = [("Bob", 25), ("Ada", 36), ("Cy", 25), ("Dee", 36), ("Eve", 19)]
print(sorted(people))
print(sorted(people, key=lambda p: p[1]))
print(sorted(people, key=lambda p: p[1], reverse=True))
print(sorted(people, key=lambda p: (-p[1], p[0])))
calls = []


def key(x):
    calls.append(x)
    return x % 3


numbers = [5, 3, 8, 1, 9, 2, 7]
numbers.sort(key=key)
print(numbers, calls)
print(sorted("bAnana", key=str.lower), sorted({"b": 1, "a": 2}), sorted((3, 1)), sorted([]))
print(sorted([True, 0, 2.5, -1]), sorted(["b", "a", "C"]), sorted([[2], [1, 5], [1]]))
print(sorted([("a", 2), ("a", 1), ("b", 0)]), sorted(range(5), key=lambda i: i % 2))
long = [(i * 37) % 101 for i in range(101)]
print(sorted(long) == list(range(101)), sorted(long, reverse=True)[:5])
try:
    sorted([1, "a", 2])
except TypeError as error:
    print(error)
try:
    sorted([3, 1], key=lambda x: x / 0)
except ZeroDivisionError as error:
    print(error)
