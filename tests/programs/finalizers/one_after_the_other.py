# When and in which order objects go that one instruction lets go of.
class A:
    def __init__(self, n, *held): self.n, self.held = n, held
    def __del__(self):
        x = self.n
def f():
    a, b, c = A(1), A(2), A(3)
    d = [A(4), A(5, A(6)), A(7)]
    return 1
f()
l = [A(8), A(9), (A(10), A(11))]
l.clear()
del l
l = [A(1), A(2)]
l[:] = []
l = {1: A(1), 2: A(2)}
l = None
def g():
    x = A(1)
    y = A(2)
    raise ValueError
try: g()
except ValueError as e: pass
def h(*a): pass
h(A(1), A(2), A(3))
A(1), A(2)
[A(i) for i in range(3)]
from _functools import reduce
print(reduce(lambda a, b: A(a.n + b.n), [A(1), A(2), A(3)]).n)
list(map(lambda x: x.n, [A(1), A(2)]))
print(sorted([A(1), A(2)], key=lambda a: a.n)[0].n)
for x in zip((A(i) for i in range(3)), (A(i) for i in range(10, 13))): print(x[0].n)
print(sum((A(i).n for i in range(3))))
