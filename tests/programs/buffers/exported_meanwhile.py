"""Memory that a builtin looks at keeps its size while Python code runs."""

import _codecs
import _struct
from array import array

noted = []


def note(function):
    try:
        function()
        noted.append("done")
    except (BufferError, ValueError, IndexError) as error:
        noted.append(str(error))


def show(name, function, *arguments):
    try:
        result = function(*arguments)
    except Exception as error:
        result = f"{type(error).__name__}: {error}"
    print(name, result, noted)
    noted.clear()


class Index:
    def __init__(self, action, value=0):
        self.action, self.value = action, value

    def __index__(self):
        note(self.action)
        return self.value


class Hashed(array):
    def __hash__(self):
        note(view.release)
        note(self.clear)
        return 1


class Separator(bytes):
    def __len__(self):
        note(view.release)
        note(memory.clear)
        return 1


class Sized:
    def __len__(self):
        note(memory.clear)
        return self.length


class Text:
    def __bytes__(self):
        note(memory.clear)
        return b"text"


view = memoryview(Hashed("B", b"ABCD")).toreadonly()
show("hash", hash, view)
memory = bytearray(b"ABCD")
view = memoryview(memory)
show("hex", view.hex, Separator(b":"))
view.release()
show("hex", memory.hex, Separator(b"-"), Index(view.release, 2))
sized = Sized()
sized.length = 1
show("hex", b"AB".hex, sized)
sized.length = 2
show("hex", b"".hex, sized)
show("hex", b"AB".hex, bytearray(b":"))


def fresh():
    global memory, view
    if view is not None:
        view.release()
    memory = bytearray(b"ABCDEFGH")
    view = None


view = memoryview(memory)
show("slice", lambda: bytes(view[Index(view.release, 1) :]))
show("slice", lambda: view[0])
fresh()
show("in", memory.__contains__, Index(memory.clear, 65))
show("replace", b"ABCDEFGH!".replace, memory, b"-", Index(memory.clear, 1))
show("unpack_from", _struct.unpack_from, "BB", memory, Index(memory.clear, 1))
show("pack_into", _struct.pack_into, "BB", memory, 0, Index(memory.clear, 1), 2)
memory = bytearray(b"<%b>")
show("%", lambda: memory % Text())


def handler(error):
    note(memory.clear)
    return "?", error.end


_codecs.register_error("exported", handler)
memory = bytearray(b"a\xffb")
show("decode", memory.decode, "utf-8", "exported")
show("str", str, memory, "ascii", "exported")
show("utf_8_decode", _codecs.utf_8_decode, memory, "exported")
fresh()
show("slice twice", memory.__setitem__, slice(Index(memory.pop, 1), Index(memory.pop, 2)), b"--")
print(memory)
show("slice once", memory.__setitem__, slice(Index(memory.pop, 1), Index(memory.pop, 2)), bytearray(b"--"))
print(memory)
numbers = array("i", [1, 2, 3])
show("insert", numbers.insert, 1, Index(lambda: numbers.append(5), 7))
print(numbers)
show("append", numbers.append, Index(lambda: numbers.__delitem__(-1), 8))
print(len(numbers))
