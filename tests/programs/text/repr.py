# repr() of str: quotes, escapes and what counts as printable.
for text in ["plain", "it's", 'say "hi"', "both ' and \"", "tab\tnew\nline", "back\\slash", "\x00\x07\x1b\x7f", "é ü ñ", "\xa0\xad", "日本語", "🐍", "\u200b\u2028", "\ud800", "\U0010ffff", "a\r\n"]:
    print(ascii(text), len(text))
    if text != "\ud800":
        print(repr(text))
print([str, "it's", ("a",), {"k": 'v"'}])
print("\N{SNOWMAN}", "\u0041", "\x41", "\101", r"\n", "\
joined")
print(repr("a'b" + 'c"d'), ascii("ünïcödé"), "%r %a" % ("é", "é"))
print("""three
lines
'of' "text\"""")
