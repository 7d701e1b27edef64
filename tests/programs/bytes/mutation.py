# bytearray: changing it in every way, and what goes wrong.
class I:
    def __init__(self, v):
        self.v = v

    def __index__(self):
        return self.v


a = bytearray(b"abc")
a.append(100); print(a); a.extend(b"ef"); print(a); a.extend([103, I(104)]); print(a); a.insert(0, 65); print(a); print(a.pop(), a); print(a.pop(0), a)
a.remove(99); print(a); a.reverse(); print(a); b = a.copy(); print(b, b is a); a += b"xyz"; print(a); a *= 2; print(a)
a[0] = 90; print(a); a[1:3] = b"----"; print(a); del a[0]; print(a); del a[::2]; print(a); a[::2] = b"1234567"[:len(a[::2])]; print(a); a[:] = [1,2,3]; print(a)
a.clear(); print(a, len(a), bool(a))
def t(f):
    try: f()
    except BaseException as x: print(type(x).__name__, x)
a = bytearray(b"abcdef")
def f1(): a[0] = 256
def f2(): a[0] = "a"
def f3(): a[10] = 1
def f4(): a[0:2] = "ab"
def f5(): a[0:2] = 5
def f6(): a[::2] = b"a"
def f7(): a["x"] = 5
def f8(): del a[10]
def f9(): a[0:1] = [300]
def f10(): b"abc"[0] = 1
def f11(): del b"abc"[0]
def f12():
    global a
    a += "x"
def f13():
    global a
    a += 5
def f14():
    global a
    a *= "x"
def f15(): a[1:1] = a
def f16(): a[::2] = (1,2,I(3),4,5,6)
def f17(): a[I(0)] = I(66)
for f in (f1,f2,f3,f4,f5,f6,f7,f8,f9,f10,f11,f12,f13,f14,f15,f16,f17): print(f.__name__, end=" "); t(f); print(a)
a.resize(3); print(a); a.resize(5); print(a)
for i in bytearray(b"xy"): print(i, end=" ")
print(*b"xy")
x, y = b"ab"; print(x, y)
print([*b"ab"], {*b"ab"}, bytes(x for x in range(3)), bytearray(x+1 for x in range(3)))
def gen():
    yield 1; print("gen"); yield 300; print("not here")
t(lambda: bytes(gen()))
t(lambda: bytearray(gen()))
