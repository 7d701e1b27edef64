# _struct: formats, sizes and places, and the words of what does not fit.
import _struct
from _struct import Struct, calcsize, error, iter_unpack, pack, pack_into, unpack, unpack_from


def tell(ask):
    try:
        print(repr(ask()))
    except Exception as wrong:
        print(type(wrong).__name__, wrong)


print(error, error.__mro__, Struct, _struct._clearcache())
print([calcsize(text) for text in ('bhil', '@bq', '=bq', '<bhil', '0q', 'b0q', ' b h ', '3s2p4x?c', '', '10s', '!i', b'i', 'nNP', 'FD', '<FD', 'e')])
print(pack('<bBhHiIlLqQ', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), unpack('<bBh', b'\1\2\3\4'), unpack('>3h', b'\0\1\0\2\0\3'))
print(pack('@ib', 1, 2), pack('bi', 1, 2), pack('<bi', 1, 2), pack('!H', 258), pack('=l', 1), pack('l', 1), pack('b3xi', 1, 2), pack('2b0i', 1, 2))
print(pack('5s', b'ab'), pack('2s', b'abc'), pack('s', b''), pack('0s', b'a'), pack('s', bytearray(b'q')), pack('2xb', 5))
print(pack('5p', b'ab'), pack('3p', b'abcdef'), pack('p', b'abc'), pack('0p', b''), pack('300p', b'x' * 300)[:3])
print(unpack('5p', b'\2abcd'), unpack('3p', b'\xffab'), unpack('p', b'\5'), unpack('0p', b''), unpack('3s2x1c', b'abc\0\0d'))
print(pack('2?', True, []), unpack('2?', b'\0\2'), unpack('<q', b'\xff' * 8), unpack('P', b'\xff' * 8), unpack('n', b'\xff' * 8))
print(unpack('<D', pack('<D', 1 + 2j)), pack('>F', 1.5j), unpack('F', pack('F', 2)), pack('<F', 1e40))

# What has room in which format.
edges = [edge + near for bits in (7, 8, 15, 16, 31, 32, 63, 64) for edge in (1 << bits, -1 << bits) for near in (-1, 0)]
for order in '@<>':
    for letter in 'bBhHiIlLqQnNP':
        for number in edges:
            try:
                packed = pack(order + letter, number)
                if letter != 'P':
                    assert unpack(order + letter, packed) == (number,)
                print(order + letter, number, packed.hex())
            except error as wrong:
                print(order + letter, number, wrong)
    for letter in 'efd':
        for number in (0.0, -0.0, 1.0, -1.5, 0.1, 1e-8, 6e-8, 5.96e-8, 2.98e-8, 65504, 65519.99, 65520.0, 1e40, 3.4028235677973366e38,
                       3.4028234663852886e38, float('inf'), float('-inf'), float('nan'), 1e-45, 7e-46, 1e-320, 10 ** 30, True):
            try:
                packed = pack(order + letter, number)
                print(order + letter, number, packed.hex(), unpack(order + letter, packed))
            except (error, OverflowError) as wrong:
                print(order + letter, number, type(wrong).__name__, wrong)
# Every half, there and back.
halves = bytes(byte for number in range(65536) for byte in (number & 255, number >> 8))
print(pack('<65536e', *unpack('<65536e', halves)) == halves)

target = bytearray(10)
pack_into('<hh', target, 2, 1, 2)
pack_into('<h', target, -2, 7)
print(target, list(iter_unpack('<h', target)), unpack_from('<h', target, 2), unpack_from('<h', buffer=target, offset=-2))
walk = iter_unpack('<h', target)
print(type(walk).__name__, walk.__length_hint__(), next(walk), walk.__length_hint__(), iter(walk) is walk)
tell(lambda: target.append(1))
print(list(walk), next(walk, 'end'), walk.__length_hint__())
target.append(1)

made = Struct('<hi')
print(made, made.size, made.format, made.pack(1, 2), made.unpack(b'\1\0\2\0\0\0'), made.unpack_from(b'x\1\0\2\0\0\0', 1), list(made.iter_unpack(bytes(12))))
made.pack_into(target, 0, 3, 4)
made.__init__('hh')
print(target, made.format, made.size, Struct(b'h').format)


class Derived(Struct):
    def __init__(self, letters):
        super().__init__('>' + letters)


print(Derived('h').pack(1), Derived('h'))


class Number:
    def __index__(self):
        return 7

    def __float__(self):
        return 2.5

    def __bool__(self):
        return False


class Complex:
    def __complex__(self):
        return 1 + 2j


class Wrong:
    def __index__(self):
        raise KeyError('index')

    __bool__ = __float__ = __index__


class Buffer:
    def __buffer__(self, flags):
        print('asked', flags)
        return memoryview(bytearray(b'\1\0'))

    def __release_buffer__(self, view):
        print('released')


number = Number()
print(pack('<bif?', number, number, number, number), pack('d', Number()), pack('<D', Complex()), pack('<D', number))
pack_into('<b', target, number, number)
print(target, unpack_from('<b', target, number))
print(unpack('<h', Buffer()), unpack_from('<h', Buffer()), pack_into('<h', Buffer(), 0, 3), list(iter_unpack('<b', Buffer())))
target = bytearray(b'zzz')
tell(lambda: pack_into('bbb', target, 0, 1, 'a', 2))
print(target)

for text in ('z', '<n', '<P', '3', 'i3', 'i i', '<', '@@', 'i<', '99999999999999999999i', '9223372036854775807i', '9223372036854775807s', '\u1234', 'i\0', 'g'):
    tell(lambda: calcsize(text))
for ask in (
    lambda: calcsize(1),
    lambda: calcsize(b'\xff'),
    lambda: calcsize(bytearray(b'i')),
    lambda: calcsize(),
    lambda: calcsize('i', 'i'),
    lambda: pack(),
    lambda: pack(1),
    lambda: pack('i'),
    lambda: pack('i', 1, 2),
    lambda: pack('i', 'a'),
    lambda: pack('i', 1.5),
    lambda: pack('3s', 1),
    lambda: pack('3s', 'a'),
    lambda: pack('3s', memoryview(b'abc')),
    lambda: pack('p', 1),
    lambda: pack('c', b'ab'),
    lambda: pack('c', 1),
    lambda: pack('f', 'a'),
    lambda: pack('d', None),
    lambda: pack('d', 10 ** 400),
    lambda: pack('f', 1j),
    lambda: pack('F', 'a'),
    lambda: pack('>F', 1e40),
    lambda: pack('P', 'a'),
    lambda: pack('i', Wrong()),
    lambda: pack('?', Wrong()),
    lambda: pack('d', Wrong()),
    lambda: pack('D', Wrong()),
    lambda: unpack('i'),
    lambda: unpack('i', 1),
    lambda: unpack('i', 'abcd'),
    lambda: unpack('i', b'abc'),
    lambda: unpack('i', memoryview(bytes(8))[::2]),
    lambda: unpack('', b''),
    lambda: pack_into(),
    lambda: pack_into('i'),
    lambda: pack_into('i', target),
    lambda: pack_into('i', target, 0),
    lambda: pack_into('i', target, 0, 1),
    lambda: pack_into('b', target, 3, 1),
    lambda: pack_into('h', target, -1, 1),
    lambda: pack_into('b', target, -9, 1),
    lambda: pack_into('b', target, 'a', 1),
    lambda: pack_into('b', target, 2 ** 70, 1),
    lambda: pack_into('b', b'abc', 0, 1),
    lambda: pack_into('b', 1, 0, 1),
    lambda: pack_into('b', memoryview(target)[::2], 0, 1),
    lambda: unpack_from('<h', b'abcd', 3),
    lambda: unpack_from('<h', b'abcd', -1),
    lambda: unpack_from('<h', b'abcd', -5),
    lambda: unpack_from('<h', b'abcd', 9),
    lambda: unpack_from('<h'),
    lambda: unpack_from('<h', 1),
    lambda: unpack_from('<h', b'abcd', 'a'),
    lambda: unpack_from('<h', b'abcd', 2 ** 70),
    lambda: unpack_from('h', b'abcd', offset=2, x=1),
    lambda: iter_unpack('<h', b'abc'),
    lambda: iter_unpack('', b'abc'),
    lambda: iter_unpack('h', 1),
    lambda: next(iter_unpack('h', b'')),
    lambda: Struct(),
    lambda: Struct(1),
    lambda: Struct('z'),
    lambda: Struct('i', 2),
    lambda: Struct(format='i').size,
    lambda: Struct('hi').pack(1),
    lambda: Struct('hi').unpack(b'a'),
    lambda: Struct('hi').unpack(),
    lambda: Struct('hi').unpack_from(),
    lambda: setattr(Struct('hi'), 'size', 1),
    lambda: Struct.__new__(Struct).size,
    lambda: Struct.__new__(Struct).pack(),
    lambda: Struct.__new__(Struct).format,
):
    tell(ask)
