# Every operation of dicts, sets and their views with keys that hash and compare in Python.
class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        print("hash", self.name, end="; ")
        return 7

    def __eq__(self, other):
        print(self.name, "==", getattr(other, "name", other), end="; ")
        return isinstance(other, Key) and self.name == other.name

    def __repr__(self):
        return f"Key({self.name})"


def show(*values):
    print()
    print(*values)


one, other = {Key("a"), Key("b"), Key("c")}, {Key("b"), Key("d")}
show(len(one), len(other))
show(sorted(map(repr, one | other)), sorted(map(repr, one & other)), sorted(map(repr, one - other)), sorted(map(repr, one ^ other)))
show(one <= other, one == other, one >= (one & other), one.isdisjoint(other), one.isdisjoint([Key("q")]))
show(sorted(map(repr, one.union([Key("x")], other))), one.intersection([Key("c"), Key("y")]), sorted(map(repr, one.difference([Key("a")]))))
show(sorted(map(repr, one.symmetric_difference([Key("a"), Key("z")]))), one.issubset([Key("a"), Key("b"), Key("c")]), one.issuperset([Key("b"), Key("q")]))
copy = set(one)
copy |= other
copy &= one
copy -= {Key("a")}
copy ^= {Key("b"), Key("e")}
copy.discard(Key("nothing"))
copy.remove(Key("e"))
show(copy)
table = {Key("a"): 1, Key("b"): 2}
show(table[Key("b")], table.get(Key("q")), Key("a") in table, table.setdefault(Key("a"), 9), table.setdefault(Key("c"), 3), table.pop(Key("c")), table.pop(Key("c"), "none"))
show(table == {Key("b"): 2, Key("a"): 1}, table != {Key("a"): 1}, table | {Key("b"): 5}, {**table, Key("a"): 0})
table |= {Key("d"): 4}
table.update([(Key("e"), 5)])
del table[Key("a")]
show(table, table.keys() & {Key("b")}, sorted(map(repr, table.keys() - [Key("b")])), Key("b") in table.keys(), (Key("b"), 2) in table.items(), 5 in table.values())
show(table.keys() == {Key("b"), Key("d"), Key("e")}, table.items() >= {(Key("b"), 2)}, table.keys().isdisjoint([Key("q")]))
show(dict.fromkeys([Key("a"), Key("a")]), dict(zip([Key("m"), Key("n")], "12")), {Key("o") for _ in range(2)}, {Key("p"): i for i in range(2)})
show([Key("a"), Key("b")].index(Key("b")), [Key("a"), Key("a")].count(Key("a")), Key("b") in [Key("a")], (Key("a"),) == (Key("a"),), [Key("a")] < [Key("a")])
show({(1, Key("t")): 1}[(1, Key("t"))], hash((Key("u"), 1)) == hash((Key("v"), 1)))
