# A property of a subclass keeps its docstring as an attribute of its own.
class Sub(property):
    """of the class"""

class Silent(property):
    pass

def getter(self):
    """of the getter"""

def bare(self):
    pass

for kind in property, Sub, Silent:
    print(kind.__name__)
    print(kind(getter).__doc__, kind(bare).__doc__, kind().__doc__)
    print(kind(getter, None, None, "given").__doc__, kind(bare, None, None, "given").__doc__)
    print(kind(bare).getter(getter).__doc__, kind(getter).setter(bare).__doc__)

class C:
    @Sub
    def x(self):
        """of x"""
        return 1
    @x.setter
    def x(self, value):
        """never seen"""
        print("set", value)

print(C.x.__doc__, C().x)
C().x = 5

class Refusing(property):
    def __setattr__(self, name, value):
        print("setting", name, value)
        raise AttributeError(name)

print(Refusing(bare).__class__.__name__)
try:
    Refusing(getter)
except AttributeError as error:
    print("refused", error)
