# Globals that are no plain dict are asked as any mapping is.
class D(dict):
    def __missing__(self, k): return 'missing ' + k
f = eval("lambda: (zork, print)", D())
print(f())
exec("def g():\n  global q\n  q = 1\n  return q, w\nself = g()", D())
class E(dict):
    def __getitem__(self, k): print('get', k); return super().__getitem__(k)
print(eval("len('abc')", E()))
h = eval("lambda: len(x)", E(x='abcd'))
print(h())
