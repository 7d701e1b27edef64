# array: every type code, what is read and changed, and the words of what is refused.
import array
import io
from array import array as A


def tell(ask):
    try:
        print(ask())
    except Exception as error:
        print(type(error).__name__, error)


print(array.typecodes, array.ArrayType is A, A.__module__)
for code in array.typecodes.replace('u', ''):
    made = A(code)
    print(made, made.typecode, made.itemsize, len(made), memoryview(made).format)
print(A('i', [1, 2, 3]), A('w', 'hé'), A('d', [1.5, 2]), A('b', b'\1\xff'), A('B', bytearray(b'ab')), A('H', b'\1\2\3\4'))
print(A('f', (1, 2)), A('i', range(3)), A('i', A('b', [1, 2])), A('w', ['a', 'b']), A('w', b'a\0\0\0'), A('w', 'a"\''), A('f', [1e40]))

numbers = A('i', [1, 2, 3, 4, 5])
print(numbers[0], numbers[-1], numbers[1:3], numbers[::2], numbers[::-1], numbers[10:], 3 in numbers, 9 in numbers, 'x' in numbers)
print(numbers.index(3), numbers.index(5, -1), numbers.count(2), list(numbers), numbers.tolist(), bool(numbers), bool(A('i')))
print(numbers == A('i', [1, 2, 3, 4, 5]), numbers == A('d', [1, 2, 3, 4, 5]), numbers == [1, 2, 3, 4, 5], numbers != [1])
print(numbers < A('i', [1, 3]), numbers >= A('i', [1]), A('d', [float('nan')]) == A('d', [float('nan')]), A('q', [5]) > A('d', [4.5]))
print(numbers + A('i', [9]), numbers * 2, 2 * numbers[:1], numbers * -1, A.__hash__, A[int])
numbers[0] = 10
numbers[1:3] = A('i', [7, 8, 9])
numbers[::2] = A('i', [0, 0, 0])
print(numbers)
del numbers[0]
del numbers[::2]
del numbers[5:]
numbers[0:0] = A('i', [1, 2])
print(numbers)
numbers.append(5)
numbers.extend([6, 7])
numbers.extend(A('i', [8]))
numbers.insert(0, 99)
numbers.insert(-1, 98)
numbers.insert(100, 97)
print(numbers, numbers.pop(), numbers.pop(0), numbers.pop(-2))
numbers.remove(7)
numbers.reverse()
numbers += A('i', [1])
numbers *= 2
print(numbers)
numbers *= 0
print(numbers)
whole = A('b', [1, 2, 3])
whole[:] = whole
whole[1:2] = whole
whole.extend(whole)
whole += whole
print(whole)

pairs = A('H', [1, 2, 258])
pairs.byteswap()
print(pairs.tobytes(), pairs, bytes(pairs), memoryview(pairs).tolist(), b''.join([pairs[:1]]))
pairs.frombytes(b'ab')
pairs.frombytes(memoryview(b'cd'))
pairs.fromlist([5, 6])
print(pairs)
text = A('w', 'ab')
text.fromunicode('cdé')
text.extend('xyz')
print(text, text.tounicode(), text.tolist(), text[0])
text.byteswap()

for ask in (
    lambda: A(),
    lambda: A('x'),
    lambda: A('ii'),
    lambda: A(1),
    lambda: A('i', 'abc'),
    lambda: A('i', 1),
    lambda: A('i', [1], 2),
    lambda: A('i', x=1),
    lambda: A('i', A('w', 'a')),
    lambda: A('w', [1]),
    lambda: A('w', ['ab']),
    lambda: A('H', b'abc'),
    lambda: A('i', ['a']),
    lambda: A('i', [1.5]),
    lambda: A('d', ['a']),
    lambda: A('f', [10 ** 400]),
    lambda: A('i').pop(),
    lambda: pairs.pop(99),
    lambda: pairs[9],
    lambda: pairs['a'],
    lambda: pairs[1.5],
    lambda: pairs.__setitem__(9, 1),
    lambda: pairs.__setitem__(0, 'a'),
    lambda: pairs.__setitem__('a', 1),
    lambda: pairs.__setitem__(slice(0, 1), [1]),
    lambda: pairs.__setitem__(slice(0, 1), A('d', [1])),
    lambda: pairs.__setitem__(slice(None, None, 2), A('H', [1])),
    lambda: pairs.__delitem__(99),
    lambda: pairs.index(99),
    lambda: pairs.index(256, 1),
    lambda: pairs.index(),
    lambda: pairs.remove(1000),
    lambda: pairs < 1,
    lambda: pairs + [1],
    lambda: pairs + A('d'),
    lambda: pairs * 'a',
    lambda: pairs.__iadd__([1]),
    lambda: pairs.__iadd__(A('d')),
    lambda: pairs.extend(A('d', [1])),
    lambda: pairs.extend(1),
    lambda: pairs.extend(),
    lambda: pairs.append('a'),
    lambda: pairs.append(),
    lambda: pairs.frombytes(b'a'),
    lambda: pairs.frombytes('ab'),
    lambda: pairs.fromlist((1,)),
    lambda: pairs.fromlist([1, 'a']),
    lambda: pairs.fromunicode('a'),
    lambda: pairs.tounicode(),
    lambda: text.fromunicode(1),
    lambda: text.append('ab'),
    lambda: text.append(1),
    lambda: text[0],
    lambda: text.tounicode(),
    lambda: repr(text),
    lambda: hash(pairs),
    lambda: A.__new__(int, 'i'),
):
    tell(ask)
print(pairs)

# Each type code has its own limits, and its own words for them.
for code in 'bBhHiIlLqQ':
    for value in (-2 ** 70, -2 ** 40, -2 ** 31 - 1, -40000, -200, -1, 200, 300, 40000, 70000, 2 ** 31, 2 ** 32, 2 ** 63, 2 ** 64, 2 ** 70):
        try:
            print(code, A(code, [value])[0] == value)
        except OverflowError as error:
            print(code, value, error)

match A('i', [1, 2]):
    case [one, two]:
        print('a sequence', one, two)


class Index:
    def __index__(self):
        return 7


class Real:
    def __float__(self):
        return 2.5


class Equal:
    def __eq__(self, other):
        print('==', other)
        return other == 7


class Wrong:
    def __index__(self):
        raise KeyError('index')


sevens = A('i', [Index()])
sevens.append(Index())
sevens[0] = Index()
sevens.insert(Index(), Index())
sevens.extend(Index() for _ in range(2))
print(sevens, sevens[0:Index()], A('d', [Real(), Index()]), sevens * Index() == sevens * 7)
print(sevens.index(Equal()), sevens.count(Equal()), Equal() in sevens)
sevens.remove(Equal())
print(sevens)
tell(lambda: A('i', [Wrong()]))
tell(lambda: sevens.append(Wrong()))

# As long as there is a view, the size stays.
shown = A('i', [1, 2])
view = memoryview(shown)
for change in (
    lambda: shown.append(3),
    lambda: shown.pop(),
    lambda: shown.extend([1]),
    lambda: shown.extend([]),
    lambda: shown.insert(0, 1),
    lambda: shown.remove(1),
    lambda: shown.clear(),
    lambda: shown.__delitem__(0),
    lambda: shown.__setitem__(slice(0, 1), A('i', [5])),
    lambda: shown.__setitem__(slice(0, 1), A('i')),
    lambda: shown.__imul__(2),
    lambda: shown.__iadd__(A('i', [1])),
    lambda: shown.frombytes(b'abcd'),
    lambda: shown.fromlist([1]),
    lambda: shown.byteswap(),
):
    tell(change)
view[0] = 5
print(shown, memoryview(shown) == A('q', [5, 33554432]), bytearray(shown.tobytes()) == shown)
view.release()
shown.append(3)
print(shown)
for ask in (
    lambda: memoryview(A('w', 'a'))[0],
    lambda: memoryview(A('w', 'a')).tolist(),
    lambda: memoryview(A('w', 'a')) == memoryview(A('w', 'a')),
    lambda: memoryview(A('w', 'a')).cast('B').tolist(),
    lambda: memoryview(A('w', 'ab'))[1:].tobytes(),
):
    tell(ask)

file = io.BytesIO()
A('i', [1, 2]).tofile(file)
print(file.getvalue())
file.seek(0)
read = A('i')
read.fromfile(file, 1)
tell(lambda: read.fromfile(file, 5))
print(read)
tell(lambda: read.fromfile(file, -1))
tell(lambda: read.fromfile(1, 1))
print(io.BytesIO(A('H', [1, 2])).read(), io.BytesIO(b'abcd').readinto(read), read)

# How arrays are copied and pickled.
print(A('i', [1, 2]).__reduce_ex__(2), A('i', [1, 2]).__copy__(), A('w', 'a').__deepcopy__({}))
for made in A('i', [1, 2]), A('w', 'ab'), A('d', [1.0]), A('b', [-1]), A('L', [2 ** 63]):
    maker, arguments, state = made.__reduce_ex__(4)
    print(maker, arguments, state, maker(*arguments))


class Derived(A):
    pass


derived = Derived('i', [1, 2])
derived.x = 5
print(derived, derived.__reduce_ex__(4)[2], derived[0:1], type(derived + derived).__name__, derived == A('i', [1, 2]))
make = array._array_reconstructor
for number in range(-1, 23):
    tell(lambda: make(A, 'd' if 14 <= number < 18 else 'w' if number >= 18 else 'q', number, b'\1\2\3\4\5\6\7\0'))
for arguments in ((Derived, 'i', 8, b'\1\0\0\0'), (A, 'b', 8, b'\1\0\0\0'), (int, 'i', 8, b''), (A, 'x', 8, b''), (A, 'i', 8, ''),
                  (A, 'h', 8, b'abc'), (1, 2, 3, 4), (A, 'ii', 8, b''), (A, 'i', 14, b'\0\0\0\0'), (A, 'w', 8, b'\0\0\0\0')):
    tell(lambda: make(*arguments))
walk = iter(A('i', [1, 2, 3]))
print(type(walk).__name__, next(walk), walk.__reduce__())
walk.__setstate__(2)
print(list(walk), walk.__reduce__())
