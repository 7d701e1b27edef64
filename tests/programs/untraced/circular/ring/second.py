from . import first
VALUE = 2
print(first.__name__, hasattr(first, "VALUE"))
