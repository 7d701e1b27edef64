# Writing through a memoryview, and what keeps its owner from changing its size.
import io


def tell(ask):
    try:
        print(ask())
    except Exception as error:
        print(type(error).__name__, error)


owner = bytearray(b'abcdef')
view = memoryview(owner)
view[0] = 65
view[1:3] = b'XY'
view[-1] = True
print(owner, view.tolist())
view[1:3] = view[0:2]
view[0:3] = view[1:4]
view[::2] = b'123'
view[::-1] = bytearray(b'fedcba')
print(owner)


class Number:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value

    def __float__(self):
        return self.value + 0.5

    def __bool__(self):
        return self.value > 5


view[Number(1)] = Number(90)
print(owner)
for letter, values in (('d', [1.5, 2, Number(3)]), ('f', [1e300, -0.1]), ('q', [-5, Number(7)]), ('?', [[1], [], Number(9)]),
                       ('e', [0.1, 65504]), ('c', [b'z']), ('n', [-1]), ('P', [2 ** 64 - 1])):
    cast = memoryview(bytearray(8)).cast(letter)
    for value in values:
        cast[0] = value
        print(letter, cast[0], cast.tobytes())
one = memoryview(bytearray(4)).cast('I', [])
one[()] = 7
one[...] = one[()] + 1
grid = memoryview(bytearray(8)).cast('B', [2, 4])
grid[1, 2] = 5
print(one.tolist(), grid.tolist())


def put(target, key, value):
    target[key] = value
    return target.tolist()


def cut(target, key):
    del target[key]


class Wrong:
    def __index__(self):
        raise KeyError('index')

    def __bool__(self):
        raise KeyError('bool')


class Releasing:
    def __index__(self):
        short.release()
        return 0


doubles, shorts, chars, truths = (memoryview(bytearray(8)).cast(letter) for letter in 'dhc?')
short = memoryview(bytearray(3))
for ask in (
    lambda: put(view, 0, 256),
    lambda: put(view, 0, -1),
    lambda: put(view, 0, 'a'),
    lambda: put(view, 0, 1.5),
    lambda: put(view, 0, 2 ** 100),
    lambda: put(view, 9, 1),
    lambda: put(view, 'a', 1),
    lambda: put(view, (0, 0), 1),
    lambda: put(view, (0,), 1),
    lambda: put(view, slice(0, 2), b'abc'),
    lambda: put(view, slice(0, 2), 5),
    lambda: put(view, slice(0, 2), [1, 2]),
    lambda: put(view, slice(0, 2), memoryview(b'ab').cast('b')),
    lambda: put(view, (slice(0, 1), slice(0, 1)), 1),
    lambda: put(view, 0, Wrong()),
    lambda: put(truths, 0, Wrong()),
    lambda: put(doubles, 0, 'a'),
    lambda: put(doubles, 0, 10 ** 400),
    lambda: put(shorts, 0, 32768),
    lambda: put(chars, 0, b'ab'),
    lambda: put(chars, 0, 1),
    lambda: put(one, 0, 1),
    lambda: put(one, slice(None), 1),
    lambda: put(grid, 0, 1),
    lambda: put(grid, (0,), 1),
    lambda: put(grid, (0, 0, 0), 1),
    lambda: put(grid, slice(0, 1), b'abcd'),
    lambda: put(memoryview(b'abc'), 0, 1),
    lambda: put(view.toreadonly(), 0, 1),
    lambda: cut(view, 0),
    lambda: cut(memoryview(b'a'), 0),
    lambda: put(short, 0, Releasing()),
):
    tell(ask)

# As long as there is a view, the size stays.
print(owner)
for change in (
    lambda: owner.append(1),
    lambda: owner.clear(),
    lambda: owner.pop(),
    lambda: owner.insert(0, 1),
    lambda: owner.remove(97),
    lambda: owner.extend(b'x'),
    lambda: owner.extend(b''),
    lambda: owner.extend([1]),
    lambda: owner.resize(1),
    lambda: owner.resize(6),
    lambda: owner.__delitem__(0),
    lambda: owner.__delitem__(slice(0, 2)),
    lambda: owner.__delitem__(slice(0, 0)),
    lambda: owner.__delitem__(slice(None, None, 2)),
    lambda: owner.__setitem__(slice(0, 1), b'12'),
    lambda: owner.__setitem__(slice(0, 1), b'1'),
    lambda: owner.__iadd__(b'x'),
    lambda: owner.__iadd__(b''),
    lambda: owner.__imul__(2),
    lambda: owner.__imul__(1),
    lambda: owner.__init__(b'x'),
    lambda: owner.reverse(),
):
    tell(change)
print(owner)
second = view[1:]
view.release()
tell(lambda: owner.append(1))
second.release()
owner.append(1)
print(owner)
for ask in (
    lambda: view[0],
    lambda: len(view),
    lambda: view.tobytes(),
    lambda: view.format,
    lambda: view.obj,
    lambda: view.__enter__(),
    lambda: memoryview(view),
    lambda: bytes(view),
    lambda: b''.join([view]),
    lambda: view == view,
    lambda: view == owner,
    lambda: view.release(),
    lambda: list(view),
):
    tell(ask)
with memoryview(owner) as inside:
    print(inside[0])
tell(lambda: inside[0])
walk = iter(memoryview(b'ab'))
print(next(walk), list(walk), next(walk, 'end'))
gone = memoryview(b'ab')
walk = iter(gone)
print(next(walk))
gone.release()
tell(lambda: next(walk))

# Files in memory.
file = io.BytesIO(b'abc')
with file.getbuffer() as shown:
    shown[0] = 120
    print(file.getvalue(), shown.readonly, shown.tolist(), type(shown.obj).__name__)
    for change in (
        lambda: file.write(b'zz'),
        lambda: file.truncate(1),
        lambda: file.close(),
        lambda: file.__init__(b'q'),
    ):
        tell(change)
    print(file.read())
print(file.write(memoryview(b'12345')), file.getvalue())
target = bytearray(b'........')
file.seek(0)
print(file.readinto(memoryview(target)[2:5]), target, file.readinto(target), target)
tell(lambda: file.readinto(b'abc'))
tell(lambda: file.readinto(memoryview(b'abc')))
tell(lambda: file.readinto(1))
tell(lambda: io.BytesIO(memoryview(b'xyz')[1:]).read())
tell(lambda: io.BytesIO(memoryview(b'xyz')[::2]))
file.close()
tell(lambda: file.getbuffer())
