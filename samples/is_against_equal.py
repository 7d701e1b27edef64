# `is` asks: the same object?  `==` asks: equal values?
#
# Watch the is / == pane. Each comparison shows both operands with their
# object tags, the answer, and the reason for it.

a = [1, 2, 3]
b = a  # a second name for the same list
c = [1, 2, 3]  # a new list that looks the same

print("a == b:", a == b, " a is b:", a is b)
print("a == c:", a == c, " a is c:", a is c)

# Changing the one list is seen through both of its names.
b.append(4)
print("a:", a)
print("c:", c)

# Numbers of different types can be equal. They are never the same object.
print("1 == 1.0:", 1 == 1.0)
print("True == 1:", True == 1)
one = 1
print("one is True:", one is True)

# Not-a-number is not even equal to itself, and yet it is itself.
nan = float("nan")
print("nan == nan:", nan == nan, " nan is nan:", nan is nan)

# A list asks `is` first and `==` only then, so it does find nan.
print("nan in [nan]:", nan in [nan])
