# Classes with __buffer__ and __release_buffer__ of their own (PEP 688).


def tell(ask):
    try:
        print(ask())
    except Exception as error:
        print(type(error).__name__, error)


class Owner:
    def __init__(self, data):
        self.data = data
        self.views = 0

    def __buffer__(self, flags):
        self.views += 1
        print('asked', flags, self.views)
        self.shown = memoryview(self.data)
        return self.shown

    def __release_buffer__(self, view):
        self.views -= 1
        print('released', view is self.shown, self.views)


owner = Owner(bytearray(b'abcdef'))
view = memoryview(owner)
print(view.tolist(), view.readonly, type(view.obj).__name__)
view[0] = 120
part = view[1:3]
view.release()
print('still', part.tolist())
tell(lambda: owner.shown.release())
tell(lambda: owner.data.append(1))
del part
print('gone', owner.data)
owner.shown.release()
owner.data.append(33)
with memoryview(owner) as view:
    print(view[-1])
print(bytes(owner), bytearray(owner), int.from_bytes(owner, 'big') > 0)
print(memoryview(owner) == b'xbcdef!', view == owner)
target = memoryview(bytearray(3))
target[:] = Owner(b'123')
print(target.tobytes())


class WithoutRelease:
    def __buffer__(self, flags):
        return memoryview(b'plain')


class Wrong:
    def __buffer__(self, flags):
        return 5


class Failing:
    def __buffer__(self, flags):
        raise KeyError('no')


class Array(bytearray):
    def __buffer__(self, flags):
        print('derived', flags)
        return super().__buffer__(flags)

    def __release_buffer__(self, view):
        print('derived released')
        super().__release_buffer__(view)


print(memoryview(WithoutRelease()).tobytes())
tell(lambda: memoryview(Wrong()))
tell(lambda: memoryview(Failing()))
tell(lambda: bytes(Failing()))
array = Array(b'ab')
view = memoryview(array)
print(view.tolist())
view.release()
array.append(1)
print(array)
tell(lambda: bytearray(b'a').__release_buffer__(memoryview(b'a')))
tell(lambda: bytearray(b'a').__release_buffer__(1))
plain = bytearray(b'a')
view = plain.__buffer__(0)
plain.__release_buffer__(view)
tell(lambda: view[0])
tell(lambda: plain.__release_buffer__(view))
plain.append(1)
print(plain)


class Refusing:
    def __buffer__(self, flags):
        return memoryview(b'abc')

    def __release_buffer__(self, view):
        raise ValueError('kept')


del view
view = memoryview(Refusing())
view.release()
print('end')
