# Of some methods of files CPython notes which class they belong to: bound, those are of another type.
import _io

OF_FILES = ["close", "read", "readall", "readinto", "write", "seek", "tell", "truncate", "fileno", "readable"]
OF_TEXTS = ["detach", "read", "readline", "write"]


def show(file, names):
    methods = [getattr(file, name) for name in names]
    print(type(file).__name__, [type(method).__name__ == "builtin_method" for method in methods])


with _io.FileIO(0, closefd=False) as raw:
    show(raw, OF_FILES)
with _io.BufferedReader(_io.FileIO(0, closefd=False)) as reader:
    show(reader, ["close", "read", "read1", "truncate", "seek", "detach"])
show(_io.BytesIO(), ["close", "read", "getbuffer", "getvalue"])
show(_io.StringIO(), ["close", "read", "getvalue"])
show(_io._IOBase(), ["close", "seek", "tell", "truncate", "fileno", "readline"])
show(_io._RawIOBase(), ["read", "readall"])
show(_io._BufferedIOBase(), ["detach", "read", "read1", "readinto", "write"])
show(_io._TextIOBase(), OF_TEXTS)
