# Iterators over a deque can be made by their types, copied, and hold the deque to their end.
import sys
from _collections import deque

items = deque([1, 2, 3])
forward, backward = iter(items), reversed(items)
next(forward)
print(forward.__reduce__(), backward.__reduce__())
Forward, Backward = type(forward), type(backward)
print(list(Forward(items)), list(Forward(items, 1)), list(Backward(items, 2)), list(Forward(items, 9)))
print(list(Forward(items, -1)), type(Forward(items)) is Forward)
for arguments in [(), (1,), (items, "a"), (items, 1, 2)]:
    try:
        Forward(*arguments)
    except TypeError as error:
        print(error)

held = sys.getrefcount(items)
print(list(forward), sys.getrefcount(items) - held, forward.__reduce__())
items.append(4)
try:
    next(forward)
except RuntimeError as error:
    print(error)
