# Slices: reading, assigning, deleting, with every kind of step.
letters = list("abcdefgh")
for cut in [slice(2, 5), slice(None, 3), slice(-3, None), slice(None, None, 2), slice(None, None, -1), slice(5, 1, -2), slice(10, 20), slice(3, 3), slice(-100, 100, 3)]:
    print(cut, letters[cut], cut.indices(8))
letters[1:3] = ["B", "C", "X"]
print(letters)
letters[:0] = "12"
letters[len(letters):] = ("end",)
print(letters)
letters[::2] = range(len(letters[::2]))
print(letters)
letters[5:2] = ["in"]
del letters[0]
del letters[-1]
del letters[1:3]
del letters[::3]
print(letters)
numbers = [0, 1, 2, 3]
numbers[1:1] = numbers
print(numbers, numbers[:], numbers[:] is numbers)
for what in (lambda: numbers[::0], lambda: numbers.__setitem__(slice(0, 4, 2), [1]), lambda: numbers["x":2], lambda: numbers.__setitem__(slice(0, 1), 5)):
    try:
        what()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print("abcdef"[1:-1:2], (1, 2, 3)[::-1], range(10)[2:8:3], b"abc"[::-1])
x, start, stop = "hello", 1, 3
print(x[start:stop], x[start:], x[:stop], x[start:stop:1])
