# memoryview: what can be asked of one, and the words of what cannot.


def tell(ask):
    try:
        print(ask())
    except Exception as error:
        print(type(error).__name__, error)


data = b'abcdef'
view = memoryview(data)
print(view[0], view[-1], view[1:3].tobytes(), view[::-1].tolist(), view[5:1:-2].tolist(), len(view))
print(view.format, view.itemsize, view.ndim, view.shape, view.strides, view.suboffsets, view.readonly, view.nbytes)
print(view.contiguous, view.c_contiguous, view.f_contiguous, view.obj is data, memoryview(view).obj is data)
print(view == data, data == view, view != b'abc', view == 'abcdef', view[:3] == b'abc', view == memoryview(data))
print(hash(view) == hash(data), hash(view[::2]) == hash(b'ace'))
print(view.hex(), view.hex('-'), view.hex('-', 2), view[::2].hex(), list(view), list(reversed(view)))
print(97 in view, 1 in view, 'a' in view, view.count(97), view.index(98), memoryview(b'abab').index(97, 1))
print([item for item in view if item % 2], max(view), sum(view), sorted(view, reverse=True)[:2], bool(memoryview(b'')))
print(view.tobytes('C'), view.tobytes(order='F'), view.tobytes(order=None), view.toreadonly().readonly)
print(memoryview(object=b'x').tolist(), type(iter(view)).__name__, memoryview[int], view.__class__)
for ask in (
    lambda: view[9],
    lambda: view['a'],
    lambda: view[1.5],
    lambda: view[None],
    lambda: view[...],
    lambda: view[()],
    lambda: view[0, 0],
    lambda: view[0:1, 0:1],
    lambda: view[0, 0:1],
    lambda: view[0,],
    lambda: view[2 ** 70],
    lambda: view['a':],
    lambda: view[::0],
    lambda: view.index(7),
    lambda: view.index(97, 1),
    lambda: view.index('a'),
    lambda: view.index(),
    lambda: view.count(),
    lambda: view.tobytes('X'),
    lambda: view.tobytes(1),
    lambda: view.hex('::'),
    lambda: view < view,
    lambda: view + view,
    lambda: view.nothing,
    lambda: setattr(view, 'format', 'b'),
    lambda: memoryview(),
    lambda: memoryview(1),
    lambda: memoryview('abc'),
    lambda: memoryview(b'a', 1),
    lambda: memoryview(obj=b'a'),
    lambda: hash(memoryview(bytearray(b'a'))),
    lambda: hash(memoryview(bytearray(b'a')).toreadonly()),
    lambda: hash(view[:4].cast('I')),
    lambda: type('Derived', (memoryview,), {}),
    lambda: view.__buffer__(0) == view,
    lambda: view.__buffer__(1),
    lambda: b'ab'.__buffer__(0).tolist(),
    lambda: b'ab'.__buffer__(1),
    lambda: b'ab'.__buffer__('a'),
    lambda: bytearray(b'ab').__buffer__(1).readonly,
    lambda: memoryview._from_flags(b'ab', 0).tolist(),
    lambda: hasattr(b'', '__release_buffer__'),
):
    tell(ask)

match view:
    case [97, *rest]:
        print('a sequence', rest)

# Who takes bytes takes a view.
print(bytes(view), bytes(view[::2]), bytearray(view), bytearray(view[::-1]), b'-'.join([view[:2], b'x', view[2:3]]))
print(b'x' + view, bytearray(b'x') + view, view[:2] in data, data.find(view[2:4]), data.startswith(view[:3]))
print(data.replace(view[:1], view[1:2]), data.split(view[2:3]), data.partition(view[2:4])[2], data.strip(view[:1]))
print(int.from_bytes(view[:2], 'big'), str(view[2:4], 'ascii'), int(memoryview(b'12')), float(memoryview(b'1.5')))
print(bytearray(b'abd') < view[:3], bytearray(b'abc') == view[:3], b'%b' % view[:2], bytes.fromhex('41') == memoryview(b'A'))
print(eval(memoryview(b'1 + 1')))
