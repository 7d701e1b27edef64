"""StringIO and BytesIO."""
import io
import sys


def attempt(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)))
    except Exception as error:
        print(type(error).__name__, error)


text = io.StringIO("abc\ndef")
print(text.read(2), text.tell(), repr(text.readline()), text.write("XYZ!"), repr(text.getvalue()))
print(text.seek(0), list(text), text.truncate(2), text.getvalue(), text.closed, text.newlines, text.tell())
print(text.seek(0, 2), text.seek(0, 1), text.read(), text.readline(), text.readlines(), text.isatty())
attempt(text.write, 5)
attempt(text.seek, -1)
attempt(text.seek, 1, 1)
attempt(text.seek, 0, 7)
attempt(text.truncate, -1)
attempt(text.fileno)
text.writelines(["x", "y\n", "z"])
text.seek(0)
print([line for line in text], text.readable(), text.writable(), text.seekable())
text.close()
attempt(text.read)
attempt(text.getvalue)
attempt(text.__enter__)
attempt(io.StringIO, 5)
attempt(io.StringIO, "", newline="x")
for newline in (None, "", "\n", "\r", "\r\n"):
    text = io.StringIO("a\r\nb\rc\n", newline=newline)
    print(repr(newline), repr(text.getvalue()), text.readlines(), text.newlines)
text = io.StringIO()
text.seek(3)
text.write("gap")
print(repr(text.getvalue()))
with io.StringIO() as text:
    print("printed", [1], file=text, flush=True)
    print(repr(text.getvalue()))
print(text.closed)


class Upper(io.StringIO):
    def write(self, text):
        return super().write(text.upper())


upper = Upper()
print("shouted", 1, file=upper)
upper.note = "an attribute"
print(repr(upper.getvalue()), upper.note)

kept = sys.stdout
sys.stdout = io.StringIO()
print("into memory")
caught, sys.stdout = sys.stdout, kept
print(repr(caught.getvalue()))

data = io.BytesIO(b"abc\ndef")
print(data.read(2), data.tell(), data.readline(), data.write(b"XYZ!"), data.getvalue(), data.seek(0))
print(list(data), data.truncate(2), data.getvalue(), data.seek(-1, 2), data.read1(), data.read(), data.tell())
data.writelines([b"x\n", bytearray(b"y")])
array = bytearray(3)
print(data.seek(1), data.readinto(array), array, data.readlines(), data.readline())
attempt(data.write, "x")
attempt(data.seek, -1)
attempt(data.seek, 0, 7)
attempt(io.BytesIO, "x")
data.seek(10)
data.write(b"q")
print(data.getvalue())
data.close()
attempt(data.read)
print(data.closed)
print(sys.stdout.write("x\n"), sys.stdout.encoding, sys.stdout.mode, sys.stdout.name, sys.stdin.name)
attempt(sys.stdout.read)
attempt(sys.stdin.write, "x")
sys.stdout.writelines(["several ", "pieces\n"])
print(repr(sys.stdin.read()), sys.stdin.readlines(), sys.stdin.readline() == "")
sys.stdout.flush()
sys.stdout.buffer.write(b"bytes\n")
sys.stdout.buffer.flush()
