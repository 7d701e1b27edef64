# The compiler computes what it can, and keeps each constant only once.
#
# Watch the constants of the code object before the first step: 86400 is there
# already. Both names for 1000 load the same constant, so they are the same
# object. A function has constants of its own, but the compiler makes equal
# ones in one file the same object.

seconds = 60 * 60 * 24  # folded: no multiplication ever runs
print(seconds)

a = 1000
b = 1000
print("a is b:", a is b)  # one constant, one object

point = (1, 2, 3)  # a tuple of constants is itself a constant
other = (1, 2, 3)
print("point is other:", point is other)


def thousand():
    return 1000


print("a is thousand():", a is thousand())

# A sum with a variable cannot be folded. It runs, and makes a new object.
half = 500
c = half + half
print("a == c:", a == c, " a is c:", a is c)

# Equal is not enough to be merged: 1, 1.0 and True are three constants.
print(1, 1.0, True, 1 == 1.0 == True)

word = "ab" "cd"  # two literals side by side are one literal
spelled = "abcd"
print("word is spelled:", word is spelled)
