# What a list can do.
items = [3, 1, 2]
items.append(5)
items.extend([4, 4])
items.insert(0, 9)
items.insert(-1, 8)
items.insert(100, 7)
print(items, len(items), items.count(4), items.index(4), items.index(4, 6))
print(items.pop(), items.pop(0), items.pop(-2), items)
items.remove(4)
items.reverse()
print(items)
items.sort()
print(items, items.sort(reverse=True), items)
copy = items.copy()
copy.clear()
print(items, copy, items == list(items), items is list(items))
for what in (lambda: [].pop(), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1].pop(5), lambda: [1][3], lambda: [1]["a"], lambda: [1] + (2,), lambda: [1] * "a", lambda: [1] < [None]):
    try:
        print(what())
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)
nested = [[0] * 2] * 3
nested[0][0] = 1
print(nested, nested[0] is nested[2])
me = [1]
me.append(me)
print(me, me[1][1][0])
