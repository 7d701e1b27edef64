# Views see the dict change, and act like sets.
d = {"a": 1, "b": 2, "c": 3}
keys, values, items = d.keys(), d.values(), d.items()
d["d"] = 4
print(keys, values, items, len(keys))
print(keys & {"a", "z"} == {"a"}, sorted(keys | {"z"}), sorted(keys - {"a"}), ("a", 1) in items, 9 in values, "a" in keys)
print(keys == {"a", "b", "c", "d"}, items == d.copy().items(), keys.isdisjoint(["q"]))
for key, value in d.items():
    print(key, value, end=";")
print()
try:
    for key in d:
        d[key + "x"] = 0
except RuntimeError as error:
    print(error)
print(len(d))
try:
    for key in d:
        del d[key]
except RuntimeError as error:
    print(error)
for key in list(d):
    del d[key]
print(d, list(keys))
words = {}
for word in "the cat and the dog and the bird".split():
    words[word] = words.get(word, 0) + 1
print(words, max(words, key=words.get), sorted(words.items(), key=lambda kv: (-kv[1], kv[0])))
inverted = {}
for word, count in words.items():
    inverted.setdefault(count, []).append(word)
print(inverted)
