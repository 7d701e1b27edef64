# Slot wrappers take no keyword arguments, and say that they are wrappers; so does float of a bytearray show what it is.
for bound, given in ((1).__add__, {"value": 1}), ("a".__eq__, {"other": 1}), ([].__len__, {"x": 1}), ({}.__repr__, {"x": 1}):
    try:
        bound(**given)
    except TypeError as error:
        print(error)
for text in (bytearray(b"xy"), b"xy", "xy"):
    try:
        float(text)
    except ValueError as error:
        print(error)
print(float(bytearray(b" 1.5 ")))
