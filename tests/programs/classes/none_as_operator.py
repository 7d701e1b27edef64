# None in the place of an operator's method is called, and cannot be.
class A:
    def __add__(self, o): return 1
    __iadd__ = None
a = A()
try: a += 1
except TypeError as e: print(e)
class B:
    __iadd__ = None
    __add__ = None
b = B()
try: b += 1
except TypeError as e: print(e)
try: b + 1
except TypeError as e: print(e)
class C:
    __radd__ = None
try: 1 + C()
except TypeError as e: print(e)
