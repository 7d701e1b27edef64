"""The tokens of sources that a function reads line by line, as tokenize of the library shows them."""
import _tokenize


def tokens(source, **keywords):
    lines = iter(source.splitlines(True) if isinstance(source, str) else source)

    def readline():
        line = next(lines)
        print(" ", repr(line))
        return line

    print(repr(source))
    try:
        for token in _tokenize.TokenizerIter(readline, extra_tokens=True, **keywords):
            print(token)
    except Exception as error:
        print(type(error).__name__, error.args)
        if isinstance(error, SyntaxError):
            print(error.filename, error.lineno, error.offset, repr(error.text), error.end_lineno, error.end_offset)


for source in [
    "", "x = 1 # c\n\n# d\nif x:\n    y\n  # e\n\n    z\nw", "x = [1, # c\n\n 2]\n# e", "#only", "  # only\n",
    'x = """a\nb"""; f"""q{a!r:>{3}}\nz{b\n}"""\n', "a \\\n b\n", "    a\n", "a = (\\\n1)\n", "  \\\n x\n",
    "class A:\n  def f(self):\n    pass\n\n  x = 1\n\n\ny\n", "async def f(): await x\n", "1if 2else 3; 0_7; 0x1F\n",
    'é = "ü" + f"ä{ö}{{{n}}}\\N{DIGIT ONE}"; t"{a=!r:{b}}c"\n', "$ ? ! a -> b := c ... d **= e\n", "(]\n[)\nx)\n", "€ = \ufeffx\n",
    "x = 1 # c\r\n\r\n'''a\r\nb'''\r\n", "a\rb\n", "\x0cx\n", ["a b", "c\n", ""], "rb'x' Rb\"\" u''\n", "'abc\\\ndef'\n",
]:
    tokens(source)
for source in [
    "(a\n", '"abc\n', '"""a\n', "if a:\n  b\n c\n", "0x 1\n", "1_ 2\n", "a\\b\n", "a\\\n", "x=1\n\\\n", 'f"{a\n', 'f"{a}}"\n',
    'f"{\n"\n', "x \x01\n", "x\ny\0z\n", "if a:\n        b\n\tc\n", 'f"{x:%d\n"\n', "'abc\\\n", "'abc\\\ndef\n", [5], [b"x\n"],
    ['"\ud800"\n'],
]:
    tokens(source)
tokens([b"\xc3\xa9\n", b"'\xff'\n"], encoding="utf-8")
tokens([b"\xe9\n"], encoding="latin-1")
tokens(["x\n"], encoding="utf-8")


def failing():
    raise KeyError("no line")


iterator = _tokenize.TokenizerIter(failing, extra_tokens=1)
try:
    next(iterator)
except KeyError as error:
    print(repr(error))
iterator = _tokenize.TokenizerIter(iter(["a\n", "b"]).__next__, extra_tokens=True)
print(iter(iterator) is iterator, next(iterator), list(iterator), list(iterator), type(iterator))
for args, keywords in [((len,), {}), ((len,), {"extra_tokens": 1, "encoding": 3})]:
    try:
        _tokenize.TokenizerIter(*args, **keywords)
    except TypeError as error:
        print(error)
