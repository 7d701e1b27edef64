# The class of an object that is changed: slots of the same names at the same places.
class A: __slots__=('x','y')
class B: __slots__=('y','x')
class C: __slots__=('x',)
class D(A): __slots__=()
a=A(); a.x=1;a.y=2
a.__class__=B; print(a.x,a.y,type(a))
try: a.__class__=C
except TypeError as e: print(e)
a.__class__=D; print(a.x)
