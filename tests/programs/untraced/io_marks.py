"""Text files that begin with a byte order mark, characters of two units, and line ends of more than one byte."""

import posix

NAME = __file__ + ".scratch"
LINES = "abc\ndéf 😀\r\nend"
try:
    for encoding in ["utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-8"]:
        print(encoding)
        with open(NAME, "w", encoding=encoding, newline="") as file:
            print(file.write(LINES), file.tell())
            file.write("\n")
        with open(NAME, "a", encoding=encoding, newline="") as file:
            file.write("more")
        with open(NAME, "rb") as file:
            print(file.read())
        for newline in [None, "", "\r\n"]:
            with open(NAME, encoding=encoding, newline=newline) as file:
                places = [file.tell()]
                while line := file.readline():
                    print(ascii(line), end=" ")
                    places.append(file.tell())
                print(places)
                file.seek(places[1])
                print(ascii(file.read(6)))
                file.seek(0)
                print(ascii(file.read()))
        with open(NAME, "r+", encoding=encoding, newline="") as file:
            file.seek(0)
            file.write("x")
        with open(NAME, "rb") as file:
            print(file.read(8))

    # Where a chunk ends between two surrogates.
    with open(NAME, "w", encoding="utf-16-le") as file:
        file.write("a" + "😀" * 5000)
    with open(NAME, encoding="utf-16-le") as file:
        print(len(file.read(4500)), len(file.read()))
        file.seek(0)
        print(sum(len(piece) for piece in iter(lambda: file.read(99), "")))

    # Where there is no mark, and less than one.
    for data in [b"", b"\xef", b"\xef\xbb", b"\xef\xbb\xbf", b"plain", b"\xef\xbb\xbf\xef\xbb\xbf"]:
        with open(NAME, "wb") as file:
            file.write(data)
        with open(NAME, encoding="utf-8-sig", errors="replace") as file:
            print(data, ascii(file.read()))
finally:
    posix.unlink(NAME)
