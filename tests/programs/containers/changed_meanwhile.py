# Containers that change while Python code runs in the middle of an operation on them.
class Clears:
    def __init__(self, container, answer):
        self.container, self.answer = container, answer

    def __hash__(self):
        return 1

    def __eq__(self, other):
        self.container.clear()
        return self.answer


for answer in (True, False):
    table = {}
    table[Clears(table, answer)] = 1
    print(table.get(Clears(table, answer), "nothing"), len(table))
    table[Clears(table, answer)] = 1
    table.setdefault(Clears(table, answer), 2)
    print(len(table))
    keys = set()
    keys.add(Clears(keys, answer))
    print(Clears(keys, answer) in keys, len(keys))
    items = [Clears([], False), 2]
    items[0].container = items
    items[0].answer = answer
    print(items.count(5), len(items))
    items = [Clears([], answer), 2, 3]
    items[0].container = items
    try:
        items.remove(9)
        print("removed", len(items))
    except ValueError as error:
        print(error, len(items))


class Key:
    def __init__(self, items):
        self.items = items

    def __call__(self, item):
        self.items.append(item)
        return item


numbers = [3, 1, 2]
try:
    numbers.sort(key=Key(numbers))
except ValueError as error:
    print(error, numbers)


def fails(item):
    if item == 1:
        raise RuntimeError("no key")
    print(len(numbers), end=" ")
    return item


numbers = [3, 2, 1]
try:
    numbers.sort(key=fails)
except RuntimeError as error:
    print(error, numbers)


class Fails:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        if self.value == 5:
            raise ZeroDivisionError("no order")
        return self.value < other.value

    def __repr__(self):
        return str(self.value)


for values in ([4, 9, 1, 5, 3, 2], [5, 1], [1, 2, 3, 4, 6, 0, 5, 7, 8] * 9):
    items = [Fails(value) for value in values]
    for reverse in (False, True):
        try:
            items.sort(reverse=reverse)
        except ZeroDivisionError as error:
            print(error, items)


class Grows:
    def __init__(self, other):
        self.other = other

    def __repr__(self):
        if len(self.other) < 6:
            self.other.append(0)
        return "grows"


growing = []
growing.extend([Grows(growing), Grows(growing)])
print(growing)
knot = [1]
knot.append((knot, {"knot": knot, "set": {1}}, knot))
print(knot)


class Inner:
    def __repr__(self):
        return repr(knot)


knot.append(Inner())
print(knot)
table = {1: 1, 2: 2}
merged = {}
try:
    for key in table:
        del table[key]
        table[key] = key
        table[key + 10] = key
except RuntimeError as error:
    print(error, table)
