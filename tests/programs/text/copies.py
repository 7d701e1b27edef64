# What is made of an instance of a class derived from str is a copy, which CPython does not look up among its letters.
import _operator as operator


class Word(str):
    pass


def kept(text):
    return text is chr(ord(text))


letter, none, two = Word("a"), Word(""), Word("ab")
print(kept(letter[:]), kept(letter.strip()), kept(letter * 1), kept(str(letter)), kept(letter + ""), kept("" + letter))
print(kept(f"{letter}"), kept("%s" % letter), kept("{}".format(letter)), kept(letter.replace("q", "w")), kept(letter[0]))
plain = "".join(["x", "y"])
print(plain + "" is plain, plain + none is plain, none + plain is plain, "" + plain is plain)
print("{:s}".format(two) is two, format(two, "s") is two, format(none, "s") is none, "{:s} ".format(two), "{}".format(two) is two)
print(two.split("abc")[0] is two, two.split("c")[0] is two, two.split("é")[0] is two, two.rsplit("\u0416")[0] is two)
for template in ("%d", "%i", "%1d", "%.1d", "%.0d", "%x", "%c", "%+.0f", "%s", "%1s", "%.1s"):
    values = (5, True, "a", 5.5)
    made = []
    for value in values:
        try:
            text = operator.mod(template, value)
        except TypeError:
            continue
        made.append(len(text) > 1 or kept(text))
    print(template, made)
print(str(True) is repr(True), str(True) is f"{True}", str(None) is str(None))
