"""Files of bytes, with a buffer and without."""
import posix

NAME = __file__ + ".scratch"


def attempt(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)))
    except Exception as error:
        print(type(error).__name__, str(error).replace(NAME, "{name}"))


with open(NAME, "wb") as file:
    print(type(file).__name__, file.mode, file.raw.mode, file.raw.closefd, file.name == NAME)
    print(file.write(b"abc\n"), file.write(bytearray(b"def\n")), file.tell(), file.flush())
    attempt(file.write, "text")
    attempt(file.read)
    attempt(file.readline)
    file.writelines([b"1\n", b"2\n"])
attempt(file.write, b"x")
attempt(file.flush)
attempt(file.tell)
attempt(file.seek, 0)

with open(NAME, "rb") as file:
    print(file.read(3), file.peek(2)[:3], file.readline(), file.tell(), file.read1(2), file.readlines())
    print(file.seek(-2, 2), file.read(), file.read(), file.seek(0), list(file), file.seek(2), file.seek(1, 1))
    array = bytearray(4)
    print(file.readinto(array), array, file.readline(1), file.readlines(1))
    attempt(file.write, b"x")
    attempt(file.seek, -100)
    attempt(file.truncate)
    attempt(file.read, "x")
attempt(file.read)
attempt(file.readline)
attempt(next, file)

with open(NAME, "r+b") as file:
    print(type(file).__name__, file.read(2), file.write(b"XY"), file.tell(), file.read(2), file.seek(0), file.read())
    print(file.seek(3), file.truncate(), file.tell(), file.seek(0), file.read())
with open(NAME, "ab+") as file:
    print(file.tell(), file.write(b"more"), file.seek(0), file.read(), file.mode)
with open(NAME, "rb", buffering=0) as file:
    print(type(file).__name__, file.read(3), file.readline(), file.readall(), file.read(), file.seek(1), file.tell())
    print(file.readable(), file.writable(), file.seekable(), file.closed)
    attempt(file.write, b"x")
attempt(file.read)
with open(NAME, "wb", 0) as file:
    print(file.write(b"at once"), open(NAME, "rb").read(), file.tell(), file.truncate(2))
    attempt(file.read)
with open(NAME, "wb", 4) as file:
    for part in (b"ab", b"cd", b"e", b"fghijk", b"l"):
        print(file.write(part), open(NAME, "rb").read())
print(open(NAME, "rb").read())
try:
    with open(NAME, "wb") as file:
        file.write(b"kept")
        raise ValueError("inside")
except ValueError as error:
    print(error, file.closed, open(NAME, "rb").read())

left = open(NAME, "w")
left.write("left open")
print(repr(open(NAME).read()))
del left
print(repr(open(NAME).read()))


def forget():
    open(NAME, "w").write("forgotten")


forget()
print(open(NAME).read())
posix.unlink(NAME)
