# A lambda that yields is a generator function.
print((lambda: (yield 5))().__next__(), list((lambda: (yield from "ab"))()))
