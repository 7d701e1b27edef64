# The name of the file, and what a module begins with.
print(__file__.endswith("tests/programs/untraced/file_name.py"), __file__.startswith("/"))
print(list(globals()), [name for name in globals() if name.startswith("__")] == list(globals()))
import sys

print(sys.argv[0].endswith("file_name.py"), len(sys.argv), sys.modules["__main__"].__file__ == __file__)
