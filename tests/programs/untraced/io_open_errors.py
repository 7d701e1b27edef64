"""What open() takes, and what it says of what it does not."""
import io
import posix


def attempt(*args, **keywords):
    try:
        print(repr(open(*args, **keywords)))
    except Exception as error:
        print(type(error).__name__, error, error.args, getattr(error, "filename", None))


class Path:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


attempt("/no such/file")
attempt(b"/no such/file")
attempt(Path("/no such/file"))
attempt(Path(5))
attempt("/")
attempt("/", "w")
attempt("/dev/null/below")
attempt("", "w")
attempt("name", "q")
attempt("name", "rw")
attempt("name", "b")
attempt("name", "")
attempt("name", "rr")
attempt("name", "rtb")
attempt("name", "rU")
attempt("name", 5)
attempt("name", "rb", encoding="utf-8")
attempt("name", "rb", errors="strict")
attempt("name", "rb", newline="\n")
attempt("name", "r", 0)
attempt("name", "r", "x")
attempt("name", closefd=False)
attempt("a\0b")
attempt(5.5)
attempt(None)
attempt(77)
attempt(-1)
attempt()
attempt("name", encoding=5)
attempt("name", other=1)
print(open is io.open, io.UnsupportedOperation.__mro__[1:3], io.SEEK_SET, io.SEEK_CUR, io.SEEK_END)
print(issubclass(io.StringIO, io.TextIOBase), issubclass(io.FileIO, io.RawIOBase), io.DEFAULT_BUFFER_SIZE)
try:
    posix.mkdir("/no such/folder")
except OSError as error:
    print(type(error).__name__, error.errno, error.strerror, error.filename)
