# Every expression is worked out on the value stack.
#
# Watch the stack grow and shrink: operands are pushed, an operator takes its
# two off and pushes the result. The deeper the expression is nested, the
# higher the stack.

a = 2
b = 3
c = 4

# The parentheses decide what waits on the stack.
print((a + b) * c)
print(a + b * c)
print(a * (b + (c - (a - b))))

# A swap needs no third variable: both values are on the stack at once.
a, b = b, a
print(a, b)

# Unpacking: one tuple comes off, three values go on.
first, second, third = (10, 20, 30)
print(first, second, third)
head, *rest = [1, 2, 3, 4]
print(head, rest)

# `and` and `or` leave one of their operands on the stack, not True or False.
print(a and b, 0 or "zero is false")

# A chained comparison keeps its middle value: COPY and SWAP are for that.
print(1 < a < 10)

# A call puts the function and its arguments on the stack.
print(max(a, min(b, c)), [a, [b, [c]]])
