# A file is compiled at once. At the prompt, each statement is compiled alone.
#
# Equal constants that are compiled together are one object. So a file and the
# prompt can disagree about `is`. Run this both ways and watch the is / == pane,
# which says where the other way would come to something else:
#
#     wordcode samples/file_against_prompt.py
#     wordcode --interactive samples/file_against_prompt.py

c = 1000
d = 1000
print("two statements:", c is d)

e, f = 1000, 1000
print("one statement:", e is f)


def thousand():
    return 1000


print("a constant of a function:", c is thousand())

# 100 is made before any program starts: here both ways agree.
g = 100
h = 100
print("a small int:", g is h)

# So is 'name', which looks like a name and is therefore interned.
i = "name"
j = "name"
print("a word:", i is j)

k = "two words"
l = "two words"
print("two words:", k is l)

# `==` asks for the value. No program has to know any of this to use it.
print("equal:", c == d, e == f, g == h, i == j, k == l)
