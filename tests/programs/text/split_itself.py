# A string in which nothing is to be split is itself the only part, but where white space was to be split no times.
for text in ("whole", "ab cd", "日本", "line\n"):
    print(repr(text), text.split(",")[0] is text, text.rsplit(",")[0] is text, text.split(",", 0)[0] is text)
    print(text.split()[0] is text, text.rsplit()[0] is text, text.split(None, 0)[0] is text)
    print(text.splitlines()[0] is text, text.splitlines(True)[0] is text, text.partition(",")[0] is text)


class Word(str):
    pass


word = Word("word")
print(word.split()[0] is word, type(word.split()[0]), type(word.split(",")[0]), type(word.splitlines()[0]))
data = b"whole"
print(data.split()[0] is data, data.split(None, 0)[0] is data, data.split(b",", 0)[0] is data)
