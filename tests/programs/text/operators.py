# Operators and indexes of str.
word = "python"
print(word + "!" * 3, 3 * "ab", "x" * 0, "x" * -1)
print(word[0], word[-1], word[1:4], word[:2], word[-2:], word[::2], word[::-1], word[4:1], word[10:])
print("th" in word, "ht" in word, "" in word, "a" < "b", "a" < "B", "abc" < "abd", "ab" < "abc", "Z" < "a")
print(len("héllo"), len("日本"), len("🐍"), ord("A"), chr(8364), ord("🐍"), chr(97))
print(max("hello"), min("hello"), sorted("hello"), list("abc"), tuple("ab"), set("aaa"))
for letter in "añ🐍":
    print(letter, ord(letter), hex(ord(letter)), letter.encode())
print(hash("") == 0, hash("a") == hash("a"), "a" "b" == "ab")
print(str(1.5), str(None), str([1, "a"]), str("x"), repr("x"), str(b"x"), str())
for what in (lambda: word[10], lambda: word["a"], lambda: "a" + 1, lambda: "a" * 1.5, lambda: "a" - "b", lambda: 1 in "a", lambda: ord("ab"), lambda: chr(-1), lambda: chr(0x110000)):
    try:
        print(what())
    except (IndexError, TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    word[0] = "P"
except TypeError as error:
    print(error)
