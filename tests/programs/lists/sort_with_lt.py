# The order in which sort compares can be seen from __lt__.
class Item:
    log = []

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        Item.log.append((self.value, other.value))
        return self.value < other.value

    def __repr__(self):
        return f"I{self.value}"


for values in [[1, 2, 3, 4], [4, 3, 2, 1], [2, 1, 3], [5, 1, 4, 2, 3], [1, 1, 1], []]:
    Item.log.clear()
    print(sorted([Item(v) for v in values]), Item.log)
Item.log.clear()
print(max([Item(v) for v in (1, 3, 2)], key=lambda i: i.value), Item.log)
try:
    print(min([Item(v) for v in (2, 1, 3)]), Item.log)
    max([Item(1), Item(2)])
except TypeError as error:
    print(error)
Item.log.clear()
data = [Item((i * 7) % 20) for i in range(20)]
data.sort(reverse=True)
print(data, len(Item.log))
Item.log.clear()
runs = [Item(v) for v in [1, 3, 5, 7, 9, 11, 2, 4, 6, 8, 10, 12]] * 6
runs.sort()
print(len(runs), len(Item.log), Item.log[:5], Item.log[-5:])
print(sorted([(1, Item(2)), (1, Item(1))]))
