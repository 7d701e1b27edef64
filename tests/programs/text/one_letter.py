# Of one-character strings up to U+00FF there is one object each, which some ways of making one look up, others not.


class Shown:
    def __format__(self, spec):
        return "".join(["q", spec])


def same(made):
    return made is chr(ord(made))


n, s, t = 5, "a", "xa"
print("made anew:", same(str(n)), same(repr(n)), same(format(n)), same(f"{n}"), same(f"{n!s}"), same(f"{n!r}"))
print(same(s.upper()), same(s.lower()), same(s.title()), same(s.swapcase()), same(s.capitalize()), same(s.casefold()))
print(same(s[::-1]), same("".join([s, ""])), same(t.replace("x", "")), same("".ljust(1)), same("".rjust(1, s)))
print(same("".center(1, s)), same("".zfill(1)), same(f"{s}{''}"), same(format(Shown())), same("é".upper()))
print("looked up:", same("%s" % n), same("{}".format(n)), same(f"{n:d}"), same(n.__format__("")), same("%d" % n))
print(same(t[1]), same(t[1:]), same(t.strip("x")), same(t.removeprefix("x")), same("".join([s])), same(s + ""))
print(same("a,b".split(",")[1]), same("a b".split()[0]), same(t.partition("x")[2]), same("\t".expandtabs(1)))
print(same(chr(97)), same(b"a".decode()), same("b".translate({98: "a"})), same("%c" % 97), same(min(t)))
print(str(n) is str(n), "A".lower() is "A".lower(), t[1] is t[1])
