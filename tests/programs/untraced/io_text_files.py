"""Text files: modes, lines, places, line ends, encodings."""
import posix

NAME = __file__ + ".scratch"


def attempt(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)))
    except Exception as error:
        print(type(error).__name__, str(error).replace(NAME, "{name}"))


def raw():
    with open(NAME, "rb") as file:
        return file.read()


with open(NAME, "w") as file:
    print(file.encoding, file.errors, file.newlines, file.line_buffering, file.mode, file.closed)
    print(file.readable(), file.writable(), file.seekable(), file.isatty(), file.write_through)
    print(file.write("abc\nd\xe9f\n"), raw(), file.tell(), raw(), file.flush(), file.tell())
    attempt(file.read)
    attempt(file.readline)
    attempt(next, file)
    attempt(file.write, b"x")
    attempt(file.write)
    attempt(file.seek, 1, 1)
    attempt(file.write, "\ud800")
    attempt(file.writelines, 5)
    file.writelines(["g", "h\n"])
    file.writelines(str(n) for n in range(3))
    print("printed", 1, file=file, sep="-", end="!\n")
attempt(file.write, "x")
attempt(file.read)
attempt(file.close)
attempt(file.__enter__)
print(file.closed, raw())

with open(NAME) as file:
    print(file.read(2), file.tell(), file.readline(), file.tell(), file.read(1), file.tell())
    print(repr(file.read()), repr(file.read()), repr(file.readline()), file.readlines())
    print(file.seek(0), [line for line in file], file.seek(4), file.readlines())
    print(file.seek(0), file.readlines(5), file.readline(2), file.readline(-1))
    file.seek(0)
    print(next(file), list(file))
    attempt(next, file)
    file.seek(0)
    next(file)
    attempt(file.tell)
    attempt(file.seek, -1)
    attempt(file.seek, 1, 1)
    attempt(file.seek, -1, 2)
    attempt(file.seek, 0, 5)
    attempt(file.seek, 0, 2)
    attempt(file.seek, 4)
    attempt(file.seek, 0, 1)
    attempt(file.read, 3)
    attempt(file.write, "x")
    attempt(file.truncate)
    attempt(file.read, "x")

with open(NAME, "a") as file:
    print(file.tell() > 0, file.write("end"), file.mode)
with open(NAME, "r+") as file:
    print(file.read(3), file.write("XYZ"), file.seek(0), repr(file.read()))
    print(file.seek(2), file.truncate(), file.seek(0), repr(file.read()))
with open(NAME, "w+") as file:
    file.write("one\r\ntwo\rthree\n")
    file.seek(0)
    print(repr(file.read()), file.newlines)
print(raw())
for newline in (None, "", "\n", "\r", "\r\n"):
    with open(NAME, newline=newline) as file:
        print(repr(newline), file.readlines(), file.newlines)
for newline in (None, "", "\n", "\r", "\r\n"):
    with open(NAME, "w", newline=newline) as file:
        file.write("a\nb\n")
    print(repr(newline), raw())
for encoding in ("utf-8", "latin-1", "ascii", "utf-16", "utf-16-be", "utf-32-le"):
    with open(NAME, "w", encoding=encoding, errors="replace") as file:
        print(file.write("h\xe9\n"), file.write("\u20ac"), file.encoding, file.errors)
    print(raw())
    with open(NAME, encoding=encoding) as file:
        print(file.readlines())
with open(NAME, "wb") as file:
    file.write(b"good\n\xe9 bad\n")
for errors in ("strict", "ignore", "replace", "backslashreplace", "surrogateescape"):
    with open(NAME, errors=errors) as file:
        attempt(file.readlines)
attempt(open, NAME, encoding="unheard of")
attempt(open, NAME, newline="x")
with open(NAME, "x" if False else "w", 1) as file:
    print(file.line_buffering, file.write("no end"), raw(), file.write(" yet\n"), raw())
long = "x" * 9000 + "\n"
with open(NAME, "w") as file:
    print(file.write(long), len(raw()), file.write(long * 20), len(raw()))
with open(NAME) as file:
    print([len(line) for line in file], file.tell())
    file.seek(0)
    print(len(file.read(10000)), file.tell(), len(file.readline()), file.tell())
posix.unlink(NAME)
attempt(open, NAME)
with open(NAME, "w+", encoding="utf-16") as file:
    print(file.write("one"), file.seek(0), file.read(), file.seek(0), file.read())
    print(file.seek(0, 2), file.write("two"), file.seek(0), file.read())
with open(NAME, "rb") as file:
    print(file.read())
posix.unlink(NAME)
