# An iterator over an object with `__getitem__` counts no further than an index can be.
import sys


class Endless:
    def __getitem__(self, index):
        return index


numbers = iter(Endless())
numbers.__setstate__(sys.maxsize - 2)
print(next(numbers), next(numbers))
for attempt in range(2):
    try:
        print(next(numbers))
    except OverflowError as error:
        print(error, numbers.__reduce__()[2])
numbers.__setstate__(-42)
print(next(numbers), next(numbers))
