# Methods of bytes and bytearray take what has its memory by a __buffer__ in Python; what is searched keeps its size.
class Memory:
    def __init__(self, data):
        self.data = data

    def __buffer__(self, flags):
        print("  buffer of", self.data)
        return memoryview(self.data)

    def __release_buffer__(self, view):
        print("  released")
        view.release()


def tell(action):
    try:
        print(action())
    except (BufferError, TypeError, ValueError) as error:
        print(type(error).__name__, error)


for kind in bytes, bytearray:
    whole = kind(b"one two three two")
    two = Memory(b"two")
    for name in ["find", "rfind", "index", "rindex", "count", "startswith", "endswith", "split", "rsplit"]:
        print(name)
        tell(lambda: getattr(whole, name)(two))
    tell(lambda: whole.replace(two, Memory(b"2")))
    tell(lambda: whole.strip(Memory(b"two ")))
    tell(lambda: whole.removeprefix(Memory(b"one ")))
    tell(lambda: whole.removesuffix(two))
    tell(lambda: two in whole)
    tell(lambda: whole.find(Memory(b"e"), 3))
    tell(lambda: whole.split(Memory(b"")))


class Evil:
    def __init__(self, target):
        self.target = target

    def __buffer__(self, flags):
        self.target.clear()
        return memoryview(self.target)


class EvilIndex:
    def __init__(self, target):
        self.target = target

    def __index__(self):
        self.target.clear()
        return 65


for name in ["find", "count", "index", "rfind", "rindex", "split", "rsplit"]:
    for kind in Evil, EvilIndex:
        target = bytearray(b"ABC")
        tell(lambda: getattr(target, name)(kind(target)))
target = bytearray(b"ABC")
tell(lambda: Evil(target) in target)
