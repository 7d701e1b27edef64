# The name that was probably meant: what _suggestions is asked and what it refuses.
from _suggestions import _generate_suggestions as suggest


def ask(*args, **named):
    try:
        print(suggest(*args, **named))
    except (TypeError, UnicodeEncodeError) as error:
        print(type(error).__name__, error)


for wrong in "d", "user", "prnt", "Lenght", "xyz", "", "print", "é":
    print(repr(wrong), suggest(["id", "super", "print", "length", "è"], wrong))

# The candidate itself comes back, also where it is of a derived class.
class Name(str):
    pass


candidate = Name("colour")
print(suggest([candidate], "color") is candidate, type(suggest([candidate], "color")).__name__)

# Long lists are not searched.
print(suggest(["abcdef"] + ["z" * 9] * 748, "abcdeg"), suggest(["abcdef"] + ["z" * 9] * 749, "abcdeg"))


class Listed(list):
    pass


ask([])
ask((), "a")
ask(Listed(["a"]), "b")
ask(["a"], 1)
ask(["ab", 1], "abc")
ask(["a\ud800"], "ab")
ask(["ab"], "\ud800")
ask(candidates=["a"], item="b")
