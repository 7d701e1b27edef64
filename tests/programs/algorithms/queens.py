# Eight queens by backtracking, with sets and a generator.
def queens(n, row=0, columns=(), up=(), down=()):
    if row == n:
        yield columns
        return
    for column in range(n):
        if column not in columns and row + column not in up and row - column not in down:
            yield from queens(n, row + 1, columns + (column,), up + (row + column,), down + (row - column,))


solutions = list(queens(5))
print(len(solutions), solutions[0])
for column in solutions[0]:
    print(". " * column + "Q " + ". " * (4 - column))
print(next(queens(6)))
