# The order of a set comes from hashes and the history of its table.
print({3, 1, 2}, {10, 20, 5, 15}, {8, 0, 16, 24}, {-1, -2, -3})
print(set(range(20, 0, -3)), set([100, 50, 25, 12, 6]), {1000, 1, 2**40, 2**61})
print({"a", "b", "c", "d"}, set("hello world"), {"one", "two", "three", "four", "five"})
print({1.5, 2.5, 0.5}, {None, True, "x", (1, 2)} == {(1, 2), "x", True, None}, {b"a", b"b"})
s = set()
for i in range(0, 60, 7):
    s.add(i)
print(s)
for i in range(0, 60, 14):
    s.discard(i)
s.add(1)
print(s, s | {100}, s - {7}, {x % 5 for x in range(12)})
print(frozenset("spam"), {frozenset({1}), frozenset({2})} == {frozenset({2}), frozenset({1})})
print({(1, 2), (2, 1), (0, 0)}, {"x", 1, 2.5})
t = {5, 3}
t.update(range(30, 40))
print(t, t.pop(), len(t))
print([x for x in {"banana", "apple", "cherry"}], list(set([9, 8, 7]) & set([7, 8])), {1, 2} ^ {2, 3})
big = set(range(1000, 1100))
print(sum(big), list(big)[:5], list(set(map(str, range(12)))))
