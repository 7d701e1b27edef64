"""How iterators are copied and pickled: what __reduce__ gives, and where __setstate__ puts them."""

def tell(it):
    for name in ('__reduce__', '__setstate__', '__length_hint__', '__reduce_ex__'):
        print(hasattr(type(it), name), end=' ')
    try: print(type(it).__name__, it.__reduce__())
    except Exception as e: print(type(it).__name__, type(e).__name__, e)
r = iter(range(3, 20, 4)); tell(r); next(r); tell(r); r.__setstate__(2); tell(r); print(list(r)); tell(r)
r = iter(range(5)); r.__setstate__(-5); tell(r); r.__setstate__(100); tell(r); 
try: r.__setstate__('a')
except TypeError as e: print(e)
r = iter(range(2**70, 2**70 + 5)); next(r); tell(r); r.__setstate__(2); tell(r); print(list(r)); r.__setstate__(2**80); tell(r)
r = reversed(range(10)); next(r); tell(r)
r = reversed(range(2**70, 2**70+3)); tell(r)
d = {1: 2, 3: 4, 5: 6}
for it in (iter(d), iter(d.values()), iter(d.items()), reversed(d), reversed(d.values()), reversed(d.items())):
    next(it); tell(it); print(len(list(it))); tell(it)
s = iter({1, 2, 3}); next(s); tell(s); print(list(s)); tell(s)
e = enumerate('abc', 5); next(e); r = e.__reduce__(); print(r[0], type(r[1][0]).__name__, r[1][1:]); print(list(r[0](*r[1])))
e = enumerate('abc', 2**70); next(e); print(e.__reduce__()[1][1])
z = zip('ab', [1, 2]); next(z); r = z.__reduce__(); print(r[0], [type(x).__name__ for x in r[1]], r[2:])
z = zip('ab', [1, 2], strict=True); r = z.__reduce__(); print(r[0], len(r[1]), r[2:])
z = zip('abc', [1]); print(z.__setstate__(True)); 
try: print(list(z))
except ValueError as e: print(e)
m = map(len, ['a', 'bb']); next(m); r = m.__reduce__(); print(r[0], r[1][0], len(r[1]), r[2:]); print(list(r[0](*r[1])))
m = map(max, [1], [2], strict=True); print(m.__reduce__()[2:])
f = filter(None, [1, 0, 2]); next(f); r = f.__reduce__(); print(r[0], r[1][0], type(r[1][1]).__name__, r[2:])
class Seq:
    def __len__(self): return 3
    def __getitem__(self, i): return 'abc'[i]
    def __repr__(self): return 'Seq'
v = reversed(Seq()); next(v); tell(v); v.__setstate__(0); print(list(v)); tell(v)
v = reversed(Seq()); v.__setstate__(100); print(list(v)); v = reversed(Seq()); v.__setstate__(-5); print(list(v)); tell(v)
c = iter(len, 0); tell(c); c = iter(lambda: 1, 1); list(c); tell(c)


def copied(it):
    maker, arguments, *state = it.__reduce_ex__(4)
    made = maker(*arguments)
    if state and state[0] is not None:
        made.__setstate__(state[0])
    return made


for it in (iter(range(5)), iter(d), iter(d.items()), iter({1}), enumerate('ab'), zip('ab', 'cd'), map(str, [1, 2]), reversed(Seq()), reversed([1, 2]), iter(range(2**70, 2**70 + 2))):
    next(it) if type(it).__name__ != 'set_iterator' else 0
    print(type(it).__name__, list(copied(it)), list(it))
class Z(zip): pass
print(Z('a').__reduce__()[0].__name__)
