# Growing and shrinking, collisions, and order after deletions.
d = {}
for i in range(100):
    d[i * 8] = i
for i in range(0, 100, 2):
    del d[i * 8]
for i in range(5):
    d[i] = "again"
print(len(d), list(d)[:3], list(d)[-6:], d[8], d.get(16))
words = {str(i): i for i in range(50)}
print(list(words)[10:15], sum(words.values()), words["49"])
d = {i: i for i in range(5)}
d[2] = "two"
del d[0]
d[0] = "back"
print(d)
mixed = {1: "a", "1": "b", (1,): "c", 1.5: "d", None: "e", True: "f", b"1": "g", frozenset([1]): "h"}
print(mixed, mixed[1.0], mixed[None])
deep = {"a": {"b": {"c": [1, {"d": 2}]}}}
print(deep["a"]["b"]["c"][1]["d"])
deep["a"]["b"]["e"] = deep["a"]["b"].pop("c")
print(deep)
me = {}
me["self"] = me
print(me)
large = {2**64 + i: i for i in range(3)}
print(large, large[2**64 + 2], {-1: "a", -2: "b"}, hash(-1) == hash(-2))
