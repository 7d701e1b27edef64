# None is one object.
#
# Watch the object tags: every None on the value stack carries the same tag,
# wherever it came from. There is only ever one None, so `is None` is the
# right question to ask. The compiler even has instructions for it: look for
# POP_JUMP_IF_NONE and POP_JUMP_IF_NOT_NONE.


def says_nothing():
    pass  # a function that returns nothing returns None


def find(items, wanted):
    for item in items:
        if item == wanted:
            return item
    return None


a = None
b = says_nothing()
c = find(["tea", "milk"], "sugar")
d = {}.get("missing")

print("a is b:", a is b)
print("b is c:", b is c)
print("c is d:", c is d)

# Things that are empty or zero are not None. They are other objects.
for value in [0, "", [], False, None]:
    if value is None:
        print(repr(value), "is None")
    else:
        print(repr(value), "is not None")
