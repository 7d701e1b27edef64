# What a str can do.
text = "  Hello, World  "
print([text.strip(), text.lstrip(), text.rstrip(), text.upper(), text.lower(), text.swapcase(), text.title()])
print("hello".capitalize(), "HELLO wORLD".capitalize(), "straße".casefold(), "straße".upper(), "ǆ".title())
print("a,b,,c".split(","), "  a  b ".split(), "a b c".split(" ", 1), "a b c".rsplit(" ", 1), "".split(), "".split(","))
print("one\ntwo\r\nthree".splitlines(), "a\nb\n".splitlines(True), "a-b-c".partition("-"), "a-b-c".rpartition("-"), "abc".partition("-"))
print("-".join(["a", "b", "c"]), "".join([]), ", ".join("xyz"))
print("banana".replace("a", "o"), "banana".replace("a", "o", 2), "aaa".replace("", "-"), "abc".replace("abc", ""))
print("banana".find("an"), "banana".find("an", 2), "banana".rfind("an"), "banana".find("x"), "banana".index("n"), "banana".count("a"), "aaaa".count("aa"))
print("hello".startswith("he"), "hello".endswith(("lo", "x")), "hello".startswith("l", 2), "".startswith(""))
print("abc".center(9, "*"), "abc".ljust(6) + "|", "abc".rjust(6) + "|", "42".zfill(5), "-42".zfill(5), "abc".center(2))
print("abc123".isalnum(), "abc".isalpha(), "123".isdigit(), "½".isnumeric(), " \t".isspace(), "Ab C".istitle(), "abc".islower(), "ABC1".isupper(), "a_1".isidentifier(), "ab\n".isprintable(), "abc".isascii(), "".isalpha())
print("xxabcxx".strip("x"), "mississippi".lstrip("mis"), "file.txt".removesuffix(".txt"), "unhappy".removeprefix("un"))
print("a\tb\tc".expandtabs(4), "abc".translate({97: "A", 98: None}), "abc".translate(str.maketrans("ab", "xy", "c")))
try:
    "abc".index("x")
except ValueError as error:
    print(error)
try:
    ",".join(["a", 1])
except TypeError as error:
    print(error)
