# A matrix class: operators, indexing, formatting.
class Matrix:
    def __init__(self, rows):
        self.rows = [list(row) for row in rows]

    @classmethod
    def identity(cls, n):
        return cls([[int(i == j) for j in range(n)] for i in range(n)])

    def __getitem__(self, at):
        row, column = at
        return self.rows[row][column]

    def __matmul__(self, other):
        columns = list(zip(*other.rows))
        return Matrix([[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows])

    def __add__(self, other):
        return Matrix([[a + b for a, b in zip(p, q)] for p, q in zip(self.rows, other.rows)])

    def __pow__(self, n):
        result = Matrix.identity(len(self.rows))
        base = self
        while n:
            if n & 1:
                result = result @ base
            base = base @ base
            n >>= 1
        return result

    def __eq__(self, other):
        return self.rows == other.rows

    def __str__(self):
        return "\n".join(" ".join(f"{cell:4}" for cell in row) for row in self.rows)

    @property
    def T(self):
        return Matrix(zip(*self.rows))


m = Matrix([[1, 1], [1, 0]])
print(m**10)
print((m**100)[0, 1])
print(m @ m == m**2, m + m, m.T.T == m, Matrix([[1, 2, 3], [4, 5, 6]]).T, sep="\n")
