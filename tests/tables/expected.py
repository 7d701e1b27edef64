"""Writes what CPython's own tables and algorithms do to expected.json, beside this file.

    PYTHONHASHSEED=0 python3.14 tests/tables/expected.py

Long runs are kept as digests: the Rust tests do the same random operations, drawn from the same
generator, and must see the same events in the same order.
"""

import json
import os
import pathlib
import sys

WORD = (1 << 64) - 1


class Random:
    """Knuth's linear congruential generator, so that Rust can draw the same numbers."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & WORD
        return (self.state >> 33) % bound


class Digest:
    """FNV-1a over whole words."""

    def __init__(self):
        self.value = 0xCBF29CE484222325
        self.events = 0

    def add(self, *words):
        for word in words:
            self.value = ((self.value ^ (word & WORD)) * 0x100000001B3) & WORD
        self.events += 1

    def result(self):
        return {"digest": f"{self.value:016x}", "events": self.events}


# Hashes.

def hashes():
    texts = ["", "a", "abc", "eight ch", "eight chars and more", "é", "\xff" * 9, "Ā", "€uro", "naïve €", "😀",
             "a😀é", "\ud800", "x\udfff😀", "\0", "ß" * 40, "line\nbreak", "z" * 1000]
    texts += ["".join(chr(97 + i % 26) for i in range(n)) for n in range(1, 40)]
    ints = [0, 1, -1, -2, 2, 2**31, -2**31, 2**61 - 1, 2**61 - 2, 2**61, -(2**61 - 1), 1 - 2**61, 2**63 - 1,
            -2**63, 2**63, 2**64, 10**30, -10**30, 3**500, -(3**501), (2**61 - 1) * 7, -(2**61 - 1) * 2**70 - 1]
    floats = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 0.1, 1.5, 3.14159, 1e300, -1e300, 5e-324, 2.2250738585072014e-308,
              1.7976931348623157e308, 2.0**61, 2.0**61 - 512, 2.0**-61, 123456789.125, float("inf"), float("-inf"),
              1e-310, 2.0**60, 2.0**1000, -1e16]
    numbers = [-1, 0, 1, 5, -7, 1 << 40, -(1 << 60), 123456789]
    rows = [["str", [ord(c) for c in text], hash(text)] for text in texts]
    rows += [["bytes", list(data), hash(data)] for data in [b"", b"a", b"abc", bytes(range(256)), b"\xff" * 7]]
    rows += [["int", str(value), hash(value)] for value in ints]
    rows += [["float", value.hex(), hash(value)] for value in floats]
    rows += [["complex", [a.hex(), b.hex()], hash(complex(a, b))] for a in floats for b in (0.0, -1.0, 0.1, 1e300)]
    rows += [["tuple", numbers[:n], hash(tuple(numbers[:n]))] for n in range(len(numbers) + 1)]
    rows += [["frozenset", numbers[:n], hash(frozenset(numbers[:n]))] for n in range(len(numbers) + 1)]
    rows += [["slice", [a, b, c], hash(slice(a, b, c))] for a in (0, 5, -1) for b in (0, 9, 1 << 50) for c in (1, -3)]
    rows += [["none", None, hash(None)]]
    return rows


# Dicts and sets: the order of comparisons, of items, and the size.

def spread(how, value):
    """The hash of a key: by `how`, few collisions or many."""
    match how:
        case "plain": return value
        case "few": return value % 7
        case "high": return value << 40
        case "mixed": return value * 0x9E3779B97F4A7C15 % (1 << 61)
        case "strides": return value * 64 + value % 3


class World:
    def __init__(self, how, evil, strings, seed):
        self.how, self.evil, self.strings = how, evil, strings
        self.random = Random(seed)
        self.digest = Digest()
        self.made = 0
        self.compared = 0
        self.nested = False
        self.meddle = None

    def key(self, value):
        """A new key; its identity is a serial number."""
        serial = self.made
        self.made += 1
        if self.strings and value % 3 != 0:
            return f"key {value}"
        return Key(self, value, serial)


class Key:
    def __init__(self, world, value, serial):
        self.world, self.value, self.serial = world, value, serial

    def __hash__(self):
        return spread(self.world.how, self.value)

    def __eq__(self, other):
        world = self.world
        if not isinstance(other, Key):
            return False
        equal = self.value == other.value
        world.digest.add(1, self.serial, other.serial)
        world.compared += 1
        if world.evil and not world.nested and world.compared % 7 == 0:
            world.nested = True
            world.meddle(self)
            world.nested = False
        return equal


def name(key):
    return key.serial if isinstance(key, Key) else (1 << 32) + int(key.split()[1])


def dict_run(how, evil, strings, keys, operations, seed):
    world = World(how, evil, strings, seed)
    dicts = [{}, {}]
    random, digest = world.random, world.digest

    def meddle(stored):
        which = random.below(2)
        match random.below(4):
            case 0: dicts[which].pop(stored, None)
            case 1: dicts[which][world.key(1000 + world.made)] = 1
            case 2: dicts[which].clear()
            case _: dicts[which][world.key(random.below(keys))] = 2

    world.meddle = meddle
    for number in range(operations):
        which = random.below(2)
        d = dicts[which]
        choice = random.below(100)
        if choice < 50:
            d[world.key(random.below(keys))] = number
        elif choice < 70:
            digest.add(2, d.pop(world.key(random.below(keys)), WORD))
        elif choice < 85:
            digest.add(3, d.get(world.key(random.below(keys)), WORD))
        elif choice < 91:
            if d:
                key, value = d.popitem()
                digest.add(4, name(key), value)
        elif choice < 94:
            dicts[which] = d.copy()
        elif choice < 97:
            dicts[which] = {}
            dicts[which].update(d)
        elif choice < 99:
            try:
                d.update(dicts[1 - which])
            except RuntimeError:
                digest.add(5)
        elif random.below(10) == 0:
            d.clear()
        d = dicts[which]
        digest.add(6, len(d), d.__sizeof__())
        if number % (50 + keys) == 0:
            for key, value in d.items():
                digest.add(7, name(key), value)
            for key in reversed(d):
                digest.add(8, name(key))
    return digest.result()


def dicts():
    rows = []
    for seed, (how, evil, strings, keys, operations) in enumerate([
        ("plain", False, False, 12, 2000), ("plain", False, False, 400, 6000), ("few", False, False, 40, 1500),
        ("high", False, False, 100, 2000), ("mixed", False, False, 1000, 8000), ("strides", False, False, 60, 3000),
        ("plain", False, True, 60, 4000), ("mixed", False, True, 5000, 20000), ("few", True, False, 20, 1500),
        ("plain", True, False, 12, 3000), ("mixed", True, False, 30, 3000), ("plain", False, False, 60000, 90000),
    ]):
        row = {"how": how, "evil": evil, "strings": strings, "keys": keys, "operations": operations, "seed": seed}
        rows.append(row | dict_run(how, evil, strings, keys, operations, seed))
    sizes = []
    for n in [0, 1, 5, 6, 10, 11, 21, 22, 42, 43, 85, 86, 170, 171, 1000, 21845, 21846, 50000]:
        grown = {}
        for i in range(n):
            grown[i] = i
        sizes.append([n, grown.__sizeof__(), dict.fromkeys(set(range(n))).__sizeof__()])
    return {"runs": rows, "sizes": sizes}


def set_run(how, evil, keys, operations, seed):
    world = World(how, evil, False, seed)
    sets = [set(), set()]
    random, digest = world.random, world.digest

    def fresh():
        return world.key(random.below(keys))

    def meddle(stored):
        which = random.below(2)
        match random.below(4):
            case 0: sets[which].discard(stored)
            case 1: sets[which].add(world.key(1000 + world.made))
            case 2: sets[which].clear()
            case _: sets[which].add(fresh())

    world.meddle = meddle
    for number in range(operations):
        which = random.below(2)
        s, t = sets[which], sets[1 - which]
        choice = random.below(100)
        if choice < 40:
            s.add(fresh())
        elif choice < 60:
            s.discard(fresh())
        elif choice < 70:
            digest.add(2, fresh() in s)
        elif choice < 75:
            if s:
                digest.add(3, s.pop().serial)
        elif evil:
            pass
        elif choice < 77:
            sets[which] = s.copy()
        elif choice < 79:
            s.update(t)
        elif choice < 81:
            sets[which] = s | t
        elif choice < 83:
            sets[which] = s & t
        elif choice < 85:
            s &= t
        elif choice < 87:
            s -= t
        elif choice < 89:
            sets[which] = s - t
        elif choice < 91:
            s ^= t
        elif choice < 93:
            sets[which] = s ^ t
        elif choice < 95:
            digest.add(4, s <= t, s.isdisjoint(t), s == t)
        elif choice < 97:
            s.update({fresh(): None for _ in range(random.below(10))})
        elif choice < 98:
            sets[which] = s.intersection([fresh() for _ in range(random.below(10))])
        elif choice < 99:
            sets[which] = s.difference([fresh() for _ in range(random.below(10))])
        elif random.below(10) == 0:
            s.clear()
        s = sets[which]
        digest.add(5, len(s), s.__sizeof__())
        if number % (5 + keys // 8) == 0:
            for key in s:
                digest.add(6, key.serial)
    return digest.result()


def orders():
    """Orders of iteration of sets of ints and strings, in full."""
    random = Random(7)
    rows = []
    for size in [*range(1, 40), 60, 100, 200]:
        for bound in (size * 2, size * 1000, 1 << 31):
            numbers = [random.below(bound) - bound // 3 for _ in range(size)]
            rows.append([numbers, list(set(numbers))])
        words = [f"w{random.below(size * 3)}" for _ in range(size)]
        rows.append([words, list(frozenset(words))])
    return rows


def sets():
    rows = []
    for seed, (how, evil, keys, operations) in enumerate([
        ("plain", False, 12, 3000), ("plain", False, 300, 5000), ("few", False, 40, 2000), ("high", False, 100, 3000),
        ("mixed", False, 50, 4000), ("mixed", False, 2000, 20000), ("strides", False, 60, 4000),
        ("few", True, 20, 2000), ("plain", True, 12, 4000), ("mixed", True, 30, 4000), ("few", True, 60, 4000),
    ]):
        row = {"how": how, "evil": evil, "keys": keys, "operations": operations, "seed": 100 + seed}
        rows.append(row | set_run(how, evil, keys, operations, 100 + seed))
    large = []
    for n in (40000, 50000, 70000):
        s = set()
        for i in range(n):
            s.add(i * 7919 % 1000003)
        copy = s.copy()
        digest = Digest()
        for i in s:
            digest.add(i)
        for i in copy:
            digest.add(i)
        large.append([n, s.__sizeof__(), copy.__sizeof__(), digest.result()])
    return {"runs": rows, "orders": orders(), "large": large}


# Sorting: the order of comparisons, and of what is left when one raises.

def shape(kind, size, random):
    match kind:
        case "random": return [random.below(size * 10 + 1) for _ in range(size)]
        case "few": return [random.below(4) for _ in range(size)]
        case "equal": return [1] * size
        case "up": return list(range(size))
        case "down": return list(range(size, 0, -1))
        case "down equals": return [-(i // 3) for i in range(size)]
        case "equals then down": return [5] * (size // 2) + list(range(4, 4 - size // 2, -1))
        case "saw": return [i % 37 for i in range(size)]
        case "organ": return [min(i, size - i) for i in range(size)]
        case "up and tail": return list(range(size)) + [random.below(size + 1) for _ in range(size // 10)]
        case "swaps":
            numbers = list(range(size))
            for _ in range(size // 20 + 1):
                i, j = random.below(max(size, 1)), random.below(max(size, 1))
                if size:
                    numbers[i], numbers[j] = numbers[j], numbers[i]
            return numbers
        case "blocks":
            numbers = []
            while len(numbers) < size:
                start = random.below(size)
                numbers += range(start, start + 1 + random.below(100))
            return numbers
        case "two runs": return list(range(0, size, 2)) + list(range(1, size, 2))
        case "far runs": return list(range(size // 2, size)) + list(range(size // 2))


def sort_run(kind, size, reverse, raises, lies, seed):
    random = Random(seed)
    digest = Digest()
    numbers = shape(kind, size, random)
    compared = 0

    class Item:
        def __init__(self, serial):
            self.serial = serial

        def __lt__(self, other):
            nonlocal compared
            digest.add(self.serial, other.serial)
            compared += 1
            if compared == raises:
                raise ValueError
            if lies and random.below(lies) == 0:
                return random.below(2) == 1
            return numbers[self.serial] < numbers[other.serial]

    items = [Item(serial) for serial in range(len(numbers))]
    try:
        items.sort(reverse=reverse)
    except ValueError:
        pass
    for item in items:
        digest.add(item.serial)
    return digest.result()


def sorts():
    kinds = ["random", "few", "equal", "up", "down", "down equals", "equals then down", "saw", "organ", "up and tail",
             "swaps", "blocks", "two runs", "far runs"]
    cases = [(kind, size, reverse, 0, 0) for kind in kinds for size in (0, 1, 2, 3, 5, 31, 64, 65, 100, 130, 257, 1000)
             for reverse in (False, True)]
    cases += [(kind, size, False, 0, 0) for kind in kinds for size in (2111, 3000)]
    cases += [("random", size, False, 0, 0) for size in range(60, 300, 7)]
    cases += [(kind, 700, reverse, raises, 0) for kind in kinds for raises in (1, 50, 333, 1000, 2000, 3000)
              for reverse in (False, True)]
    cases += [(kind, 500, False, 0, lies) for kind in kinds for lies in (1, 5, 100)]
    rows = []
    for seed, case in enumerate(cases):
        names = ("kind", "size", "reverse", "raises", "lies")
        rows.append(dict(zip(names, case)) | {"seed": seed} | sort_run(*case, seed))
    return rows


# Slices and ranges.

BOUNDS = [None, 0, 1, 2, 4, 5, 6, -1, -2, -4, -5, -6, 100, 2**63 - 1, -2**63, 2**70, -2**70]
STEPS = [None, 1, 2, 3, 7, -1, -2, -3, -7, 2**63 - 1, -2**63, 2**80, -2**80, 0]


def text(number):
    return None if number is None else str(number)


def slices():
    whole = []
    for length in (0, 1, 5, 2**63 - 1, 2**66):
        for start in BOUNDS:
            for stop in BOUNDS:
                for step in STEPS:
                    if (BOUNDS.index(start) * 7 + BOUNDS.index(stop) * 3 + STEPS.index(step)) % 13:
                        continue
                    try:
                        result = [str(number) for number in slice(start, stop, step).indices(length)]
                    except ValueError as error:
                        result = str(error)
                    picked = None
                    if length <= 5 and step != 0:
                        picked = list(range(length))[start:stop:step]
                    whole.append([text(start), text(stop), text(step), str(length), result, picked])
    inserted = []
    for index in (0, 1, 4, 5, 6, -1, -5, -6, 2**63 - 1, -2**63):
        items = list(range(5))
        items.insert(index, "new")
        try:
            item = list(range(5))[index]
        except IndexError:
            item = None
        inserted.append([index, item, items.index("new")])
    return {"slices": whole, "indices": inserted}


def ranges():
    rows = []
    edges = [0, 1, -1, 3, 10, -10, 2**63 - 1, 2**63 - 2, -2**63, 1 - 2**63, 2**63, 2**64 + 5, -2**70]
    steps = [1, 2, 3, -1, -3, 100, 2**63 - 1, -2**63, 2**63, -2**65, 0]
    random = Random(3)
    for start in edges:
        for stop in edges:
            for step in steps:
                if random.below(16):
                    continue
                row = {"range": [str(start), str(stop), str(step)]}
                rows.append(row)
                try:
                    r = range(start, stop, step)
                except ValueError:
                    row["error"] = True
                    continue
                length = 0
                # len() is bounded; bisect for the length by asking for items.
                low, high = 0, 1
                def has(index):
                    try:
                        r[index]
                        return True
                    except IndexError:
                        return False
                while has(high - 1):
                    low, high = high, high * 2
                while low < high:
                    middle = (low + high) // 2
                    if has(middle):
                        low = middle + 1
                    else:
                        high = middle
                length = low
                row["len"] = str(length)
                indices = [0, 1, -1, -2, 5, length, length - 1, -length, -length - 1, 2**62, 2**64]
                row["items"] = [[str(i), str(r[i]) if has(i) else None] for i in indices]
                numbers = [start, start + step, stop, stop - 1, stop + 1, 0, 7, start + 5 * step, start - step, 2**63]
                row["index"] = [[str(n), str(r.index(n)) if n in r else None] for n in numbers]
                iterators = [iter(r), reversed(r)]
                row["short"] = [type(iterator).__name__ == "range_iterator" for iterator in iterators]
                row["first"] = [[str(n) for _, n in zip(range(4), iterator)] for iterator in iterators]
                parts = []
                for _ in range(6):
                    part = [BOUNDS[random.below(len(BOUNDS))], BOUNDS[random.below(len(BOUNDS))],
                            STEPS[random.below(len(STEPS) - 1)]]
                    sub = r[slice(*part)]
                    parts.append([[text(n) for n in part], [str(sub.start), str(sub.stop), str(sub.step)]])
                row["parts"] = parts
    return rows


# Names that were probably meant.

def suggestions():
    import _suggestions
    import builtins
    words = sorted(set(dir(builtins)) | set(dir(str)) | set(dir(list)) | {"été", "Été", "naïve", "self", "x" * 60})
    wrong = ["prnt", "Print", "PRINT", "lenn", "le", "l", "", "isinstanc", "ValueErorr", "valueerror", "__inti__",
             "appendd", "apend", "startwith", "startswiht", "upperr", "ete", "été", "naive", "x" * 58, "x" * 45 + "y" * 5,
             "rnage", "raneg", "sorted_", "mapp", "filtre", "tupel", "dictt", "formatmap", "NotImplementd", "qqqqqq",
             "KeyboardInterupt", "isascii", "is_ascii", "rmovesuffix", "_", "__", "index_", "claer", "copyy"]
    rows = [[name, words, _suggestions._generate_suggestions(words, name)] for name in wrong]
    rows = [[name, None, found] for name, _, found in rows]
    random = Random(11)
    pairs = []
    for _ in range(400):
        def word():
            return "".join("abAB_é"[random.below(6)] for _ in range(1 + random.below(12)))
        name, candidates = word(), [word() for _ in range(1 + random.below(6))]
        pairs.append([name, candidates, _suggestions._generate_suggestions(candidates, name)])
    counts = [[n, _suggestions._generate_suggestions(["abcdef"] + [f"zzzzzzzz{i}" for i in range(n - 1)], "abcdeg")]
              for n in (1, 748, 749, 750, 751)]
    return {"words": words, "names": rows, "pairs": pairs, "counts": counts}


def mros():
    """Random classes, each with bases among those made before; class 0 is `object`."""
    random = Random(5)
    rows = []
    for _ in range(40):
        classes = [object]
        made = []
        for number in range(1, 14):
            bases = [random.below(number) for _ in range(1 + random.below(3))]
            bases = [base for base in bases if classes[base] is not None] or [0]
            try:
                new = type(f"C{number}", tuple(classes[base] for base in bases), {})
                classes.append(new)
                made.append([bases, [classes.index(c) for c in new.__mro__], None])
            except TypeError as error:
                classes.append(None)
                made.append([bases, None, str(error)])
        rows.append(made)
    return rows


def rows(part):
    """JSON with a line for each row, so that a change shows as one."""
    match part:
        case list(): return "[\n" + ",\n".join(map(json.dumps, part)) + "\n]"
        case dict(): return "{" + ",\n".join(f"{json.dumps(name)}: {rows(rest)}" for name, rest in part.items()) + "}"


def main():
    if sys.version_info[:2] != (3, 14) or os.environ.get("PYTHONHASHSEED") != "0":
        sys.exit("run this with CPython 3.14 and PYTHONHASHSEED=0")
    parts = {"hashes": hashes(), "dicts": dicts(), "sets": sets(), "sorts": sorts(), "slicing": slices(), "ranges": ranges(),
             "suggestions": suggestions(), "mros": mros()}
    path = pathlib.Path(__file__).with_suffix(".json")
    with open(path, "w", encoding="ascii") as file:
        file.write("{\n")
        file.write(",\n".join(f"{json.dumps(name)}: {rows(part)}" for name, part in parts.items()))
        file.write("\n}\n")


if __name__ == "__main__":
    main()
