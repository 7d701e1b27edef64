# A comprehension is a loop that builds.
#
# Watch: a list comprehension runs inside the frame it stands in, with no call
# at all, and yet its variable does not leak: the old value is kept on the
# stack and put back. A generator expression does get a frame of its own.

x = "outside"

squares = [x * x for x in range(6)]
print(squares, x)

evens = [number for number in squares if number % 2 == 0]
print(evens)

lengths = {word: len(word) for word in ["one", "three", "five"]}
print(lengths)

letters = {letter for letter in "banana"}
print(sorted(letters))

pairs = [(a, b) for a in range(3) for b in "xy" if a != 1]
print(pairs)

table = [[row * column for column in range(1, 4)] for row in range(1, 4)]
print(table)

# A generator expression makes nothing until somebody asks.
lazy = (number * 10 for number in squares)
print(next(lazy), next(lazy))
print(sum(lazy))
