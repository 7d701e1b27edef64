# The repr of a module: its spec comes first, then its file, then its loader.
import marshal

print(marshal)
spec = marshal.__spec__
spec.origin = "else\twhere"
print(marshal)
spec.has_location = True
print(marshal)
spec.name = "an'other"
print(marshal)
marshal.__name__ = "ignored"
marshal.__file__ = "ignored too"
print(marshal)

module = type(marshal)("plain")
print(module)
module.__file__ = "fi'le"
print(module)
module.__spec__ = spec
print(module)
