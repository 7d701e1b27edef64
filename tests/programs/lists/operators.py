# +, *, in, comparison, and the in-place forms.
a = [1, 2]
b = a
a += [3]
print(a, b, a is b)
a = a + [4]
print(a, b, a is b)
b *= 2
print(b, 2 * [0], [] * 3, [1] * -1)
print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], [] < [0], [2] > [1, 9], [1, "a"] == [1, "a"], [1.0] == [1])
print(3 in b, 9 not in b, [1] in [[1]], None in [0])
b += "xy"
b += (7,)
b += range(2)
print(b)
t = ([],)
try:
    t[0] += [1]
except TypeError as error:
    print(error, t)
print([*range(3), *"ab", *[]], [*{"k": 1}], list(range(5, 0, -2)), list({3: 0, 1: 0}))
print(sum([[1], [2, 3]], []), any([]), all([]), any([0, "", 3]), all([1, 0]))
matrix = [[1, 2, 3], [4, 5, 6]]
print([list(row) for row in zip(*matrix)], [cell for row in matrix for cell in row])
matrix[1][2] += 10
matrix[0][0], matrix[1][0] = matrix[1][0], matrix[0][0]
print(matrix)
