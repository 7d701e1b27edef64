# _csv: dialects, rows that are read, rows that are written, and what is refused.
import _csv
import io


def tried(function, *args, **names):
    try:
        result = function(*args, **names)
        print(len(args), names, result if isinstance(result, (int, list, str, type(None))) else type(result))
    except Exception as error:
        print(len(args), names, type(error).__qualname__, error)


print(_csv.QUOTE_MINIMAL, _csv.QUOTE_ALL, _csv.QUOTE_NONNUMERIC, _csv.QUOTE_NONE, _csv.QUOTE_STRINGS, _csv.QUOTE_NOTNULL)
print(_csv.field_size_limit(), _csv.Error.__mro__, _csv.Dialect, _csv.Reader, _csv.Writer, _csv.list_dialects())
NAMES = [
    "delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict",
]
plain = _csv.Dialect()
print([getattr(plain, name) for name in NAMES])
for names in [
    {"delimiter": ""}, {"delimiter": "ab"}, {"delimiter": None}, {"delimiter": 4}, {"quotechar": None},
    {"quotechar": ""}, {"quotechar": "ab"}, {"quotechar": 5}, {"escapechar": "ab"}, {"escapechar": ""},
    {"escapechar": 3}, {"lineterminator": None}, {"lineterminator": 3}, {"quoting": 7}, {"quoting": "a"},
    {"quoting": -1}, {"quoting": True}, {"quoting": 2.0}, {"nope": 1}, {"strict": 5}, {"delimiter": '"'},
    {"delimiter": " ", "skipinitialspace": True}, {"quotechar": " ", "skipinitialspace": True}, {"quotechar": " "},
    {"delimiter": "\n"}, {"quotechar": "\r"}, {"quoting": 3, "quotechar": None}, {"quoting": 0, "quotechar": None},
    {"escapechar": '"'}, {"delimiter": ",", "lineterminator": ","}, {"doublequote": "x"}, {"lineterminator": ""},
]:
    tried(_csv.Dialect, **names)
tried(_csv.Dialect, None)
tried(_csv.Dialect, "excel")
tried(_csv.get_dialect, "x")
tried(_csv.unregister_dialect, "x")
tried(_csv.register_dialect, "a")
tried(_csv.register_dialect, 3, plain)
tried(_csv.register_dialect, "b", delimiter=";")
print(_csv.list_dialects(), _csv.get_dialect("b").delimiter, _csv.get_dialect("b") is _csv.get_dialect("b"))
tried(_csv.unregister_dialect, "a")
print(_csv.list_dialects())


class Bars:
    delimiter = "|"
    quoting = 1


class Strange:
    quotechar = None

    @property
    def delimiter(self):
        print("asked for the delimiter")
        raise ZeroDivisionError

    @property
    def strict(self):
        return self

    def __bool__(self):
        print("asked for the truth")
        return True


print(_csv.Dialect(Bars).delimiter, _csv.Dialect(Bars, delimiter="x").delimiter, _csv.Dialect(Bars).quoting)
print(_csv.Dialect(Strange(), quoting=3).strict)
for name in "delimiter", "strict":
    try:
        setattr(plain, name, "x")
    except AttributeError as error:
        print(error)


def read(source, **names):
    rows = []
    try:
        reader = _csv.reader(io.StringIO(source, newline="") if isinstance(source, str) else source, **names)
        for row in reader:
            rows.append(row)
        print(names, rows, reader.line_num)
    except Exception as error:
        print(names, rows, type(error).__qualname__, error)


for source in [
    "a,b,c\r\n1,2,3\n", 'a,"b ""x"" c",d\n', '"a\nb",c\n', "a,b", "", "\n\n", "a,\n", ",\n", '"a', '"a"b,c\n',
    'a"b"c,d\n', '"a" ,b\n', ' "a", b\n', "a\\,b\n", '"a""', '"', "a\rb\n", "a\r\r\nb", '€,"€"\n', '1,2.5,"3"\n',
    '"",,\n', "a,b\0c\n", "a\\\nb,c\n", '"a\\\nb",c\n',
]:
    print(repr(source))
    read(source)
    read(source, strict=True)
    for quoting in 2, 3, 4, 5:
        read(source, quoting=quoting)
    read(source, skipinitialspace=True)
    read(source, escapechar="\\")
    read(source, quotechar="'")
    read(source, doublequote=False, escapechar="\\")
for lines in ["a,b", "c,d"], ['"a', 'b"'], [b"a"], [1], 5, ["a\nb"], ["a,\"b\n", 'c"\n', "d"], ["a\n\n"]:
    read(lines)


def lines():
    yield 'a,"b\n'
    yield 'c",d\n'
    raise ZeroDivisionError("no more lines")


read(lines())
tried(_csv.field_size_limit, 3)
read("abcd\n")
read("abc,def\n")
tried(_csv.field_size_limit, "a")
tried(_csv.field_size_limit, 2**80)
tried(_csv.field_size_limit, 131072)


class Sink:
    def __init__(self):
        self.pieces = []

    def write(self, piece):
        self.pieces.append(piece)
        return 42


def write(row, **names):
    sink = Sink()
    try:
        print(_csv.writer(sink, **names).writerow(row), sink.pieces)
    except Exception as error:
        print(type(error).__qualname__, error, sink.pieces)


class Text:
    def __str__(self):
        return 's,"'


class Wrong:
    def __iter__(self):
        raise TypeError("no rows")


ROWS = [
    ["a", "b,c", 'd"e', "f\ng", "h\ri", "", " x", None, 1, 2.5, Text(), "\\", "a b", True, "'"], [], [""], [None],
    ["", ""], "ab", (1,), 5, None, Wrong(), iter([1, 2]), {"key": 1},
]
for names in [
    {}, {"quoting": 1}, {"quoting": 2}, {"quoting": 3}, {"quoting": 3, "escapechar": "\\"}, {"quoting": 4},
    {"quoting": 5}, {"delimiter": " "}, {"lineterminator": "!"}, {"doublequote": False},
    {"doublequote": False, "escapechar": "\\"}, {"escapechar": "\\"}, {"quotechar": "'"},
    {"quoting": 3, "quotechar": None}, {"quoting": 3, "quotechar": None, "escapechar": "/"},
    {"delimiter": " ", "skipinitialspace": True}, {"delimiter": " ", "skipinitialspace": True, "quoting": 5},
]:
    print(names)
    for row in ROWS:
        write(row, **names)
tried(_csv.writer, 5)
tried(_csv.writer)
tried(_csv.reader)
sink = Sink()
writer = _csv.writer(sink)
tried(writer.writerows, [[1, 2], ["a"]])
tried(writer.writerows, 5)
tried(writer.writerows, [5])
tried(writer.writerows, (["x"] for _ in range(3)))
print(sink.pieces, type(writer.dialect))
reader = _csv.reader(["a,b", "c"])
print(type(reader.dialect), reader.line_num, next(reader), reader.line_num, iter(reader) is reader, list(reader))
