# memoryview.cast: memory as numbers, in rows and in grids.


def tell(ask):
    try:
        print(ask())
    except Exception as error:
        print(type(error).__name__, error)


raw = memoryview(bytes(range(1, 17)))
for letter in 'bBhHiIlLqQnNefd?cP':
    cast = raw.cast(letter)
    print(letter, cast.itemsize, cast.shape, cast.strides, cast.tolist())
    assert cast.cast('B') == raw
print(raw.cast('@H').format, raw.cast('I')[1:3].tolist(), raw.cast('I')[::-2].tolist())

grid = raw.cast('B', [2, 2, 4])
print(grid.tolist(), grid.ndim, grid.shape, grid.strides, len(grid), grid[1, 0, 2], grid[-1, -1, -1])
print(grid[1:].tolist(), grid[::-1].tolist(), grid[0:0].tolist(), grid[::-1].strides)
print(grid.tobytes(), grid.tobytes('F'), grid[::-1].tobytes('A'), grid[::-1].tobytes('F'))
print(grid.c_contiguous, grid.f_contiguous, grid[::2].contiguous, grid[::-1].contiguous, raw[::2].contiguous)
print(raw[::16].c_contiguous, raw[::-1][:0].c_contiguous, raw[3:4].f_contiguous)
print(grid == grid, grid == raw, grid.cast('B') == raw, raw.cast('B', (4, 4)).tolist(), raw.cast('H', [2, 4]).tolist())
one = raw[:4].cast('I', [])
print(one.ndim, one.shape, one.strides, one.tolist(), one[()], one[...] is one, one.nbytes, one == one, one.tobytes())
numbers = memoryview(bytearray(8))
print(numbers.cast('d') == numbers, numbers.cast('d') == numbers.cast('q'), numbers.cast('?')[:1] == numbers[:1])
print(memoryview(b'a').cast('c') == memoryview(b'a'), memoryview(b'\0\0\xc0\x7f').cast('f') == memoryview(b'\0\0\xc0\x7f').cast('f'))


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


print(raw[Index(2)], raw[Index(1):Index(3)].tolist(), grid[Index(1), Index(1), 0])
for ask in (
    lambda: grid[0],
    lambda: grid[0, 0],
    lambda: grid[0, 0, 0, 0],
    lambda: grid[9, 0, 0],
    lambda: grid[0, 0, 9],
    lambda: grid[0, 0, 'a'],
    lambda: grid[0:1, 0:1],
    lambda: grid[()],
    lambda: list(grid),
    lambda: grid.index(1),
    lambda: grid.count(1),
    lambda: one[0],
    lambda: one['a'],
    lambda: len(one),
    lambda: list(one),
    lambda: one.index(1),
    lambda: one.count(1),
    lambda: raw.cast('x'),
    lambda: raw.cast('II'),
    lambda: raw.cast('<B'),
    lambda: raw.cast(''),
    lambda: raw.cast('é'),
    lambda: raw.cast(1),
    lambda: raw.cast(),
    lambda: raw.cast('B', [16], 1),
    lambda: raw.cast('I').cast('H'),
    lambda: raw[:6].cast('I'),
    lambda: raw[::2].cast('H'),
    lambda: raw.cast('B', [3, 3]),
    lambda: raw.cast('B', []),
    lambda: raw.cast('B', (-1, 16)),
    lambda: raw.cast('B', [0]),
    lambda: raw.cast('B', ['a']),
    lambda: raw.cast('B', [Index(16)]),
    lambda: raw.cast('B', [2 ** 70]),
    lambda: raw.cast('B', [2 ** 62, 2 ** 62]),
    lambda: raw.cast('B', 'a'),
    lambda: raw.cast('B', [1] * 65),
    lambda: grid.cast('B', [4, 4]),
    lambda: memoryview(b'').cast('B', [0]),
    lambda: memoryview(b'').cast('I').shape,
):
    tell(ask)
