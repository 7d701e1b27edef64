"""What is counted of the operands while the special methods of operators, statements and builtins run."""
import sys
count = sys.getrefcount
def note(name, *args): print(name, *[count(a) for a in args if type(a) is Spy or isinstance(a, list)])
class M(type):
    def __instancecheck__(self, o): note('ic', self if False else o); print(count(self) - base_m); return True
    def __subclasscheck__(self, o): print('sc', count(self) - base_m); return True
class Checked(metaclass=M): pass
class Spy:
    def __init__(self, *a): note('init', self, *a)
    def __eq__(self, o): note('eq', self, o); return True
    def __ne__(self, o): note('ne', self, o); return True
    def __lt__(self, o): note('lt', self, o); return True
    def __add__(self, o): note('add', self, o); return 1
    def __radd__(self, o): note('radd', self, o); return 1
    def __iadd__(self, o): note('iadd', self, o); return self
    def __neg__(self): note('neg', self)
    def __bool__(self): note('bool', self); return True
    def __len__(self): note('len', self); return 1
    def __hash__(self): note('hash', self); return 1
    def __getitem__(self, k): note('getitem', self, k); 
    def __setitem__(self, k, v): note('setitem', self, k, v)
    def __delitem__(self, k): note('delitem', self, k)
    def __contains__(self, k): note('contains', self, k); return True
    def __iter__(self): note('iter', self); return iter(())
    def __call__(self, *a, **k): note('call', self, *a)
    def __enter__(self): note('enter', self)
    def __exit__(self, *a): note('exit', self)
    def __getattr__(self, n): note('getattr', self); raise AttributeError
    def __setattr__(self, n, v): note('setattr', self, v)
    def __delattr__(self, n): note('delattr', self)
    def __format__(self, s): note('format', self); return ''
    def __str__(self): note('str', self); return ''
    def __repr__(self): note('repr', self); return ''
    def __index__(self): note('index', self); return 0
    def __del__(self): note('del', self)
class D:
    def __get__(self, o, t): print('get', count(self), count(o)); return lambda *a: note('bound', *a)
    def __set__(self, o, v): print('set', count(self), count(o), count(v))
    def __delete__(self, o): print('delete', count(self), count(o))
class H:
    d = D()
    @property
    def p(self): print('prop', count(self)); return 1
    @p.setter
    def p(self, v): print('pset', count(self), count(v))
    @classmethod
    def c(cls, x): print('c', count(x))
    @staticmethod
    def s(x): print('s', count(x))
    def m(self, x, *y, **z): print('m', count(self), count(x))
    def __getattr__(self, n): print('ga', count(self)); return 1
base_m = count(Checked)
def run():
    a = Spy(); b = Spy(); x = Spy(); h = H(); l = [Spy()]
    print('--call'); a(b); a(b, k=x); a(*[b], **{'k': x}); Spy()(Spy()); a(Spy()); a(*(b,)); a(*l)
    print('--bin'); a + b; 1 + b; a += b; -a; not a; a == b; a != b; a < b; a > b; Spy() == Spy(); Spy() + Spy(); a + Spy(); 1 + Spy()
    print('--item'); a[b]; a[b] = x; del a[b]; b in a; b in l; b in (x,); Spy()[Spy()]; Spy() in [b]; a[b:x]
    print('--attr'); 
    try: a.foo
    except AttributeError: pass
    a.foo = b; del a.foo; h.d; h.d = b; del h.d; h.p; h.p = b; h.d(b); h.zz; H().d; H().p
    print('--meth'); h.m(b); h.c(b); h.s(b); H.c(b); H.s(b); h.m(Spy()); H.m(h, b); H().m(b)
    print('--with')
    with a: pass
    with Spy(): pass
    print('--for')
    for i in a: pass
    print('--fmt'); f'{a}'; f'{a!r}'; f'{a!s}'; '%s' % a; '%s' % (a,); '{}'.format(a); '{0.x}' if 0 else ''; str(a); repr(a)
    print('--print'); print(a); print(*[a]); print(a, b, sep=''); print(*(a,))
    print('--if')
    if a: pass
    while a: break
    a and b; assert a
    print('--is'); isinstance(b, Checked); isinstance(b, (Checked,)); issubclass(int, Checked); isinstance(b, Spy)
    print('--dict'); d = {a: 1}; d[b]; d[b] = 2; b in d; d.get(b); del d[b]; {a, b}; {a: b}; d = {Spy(): Spy()}; {**d}; dict(d); {a} == {b}; {a: 1} == {b: 1}; {a} < {b, 3}; {a} & {b}; {a} - {b}; {a} ^ {b}; {a: 1}.keys() & {b: 1}.keys()
    print('--cmp'); [a] == [b]; (a,) == (b,); [a] < [b]; (a,) < (b,); max(a, b); min([a, b]); sorted([a, b]); [a, b].sort(); a in {b}; [a].index(b); [a].count(b); [a].remove(b)
    print('--slice'); [1, 2][a]; [1, 2][a:]; [1, 2][a:b]; [1, 2][a] if 0 else 0; 'ab'[a]; (1, 2)[a]; [1] * a; 'a' * a; range(a); range(5)[a]
    print('--groupby')
    from itertools import groupby, takewhile, starmap, accumulate
    list(groupby([a, b])); [list(g) for _, g in groupby([a, b])]; list(map(a, [b])); list(filter(a, [b])); list(starmap(a, [(b,)])); list(takewhile(a, [b]))
    print('--match')
    match a:
        case 3: pass
        case [y]: pass
        case _: pass
    print('--unpack')
    try: p, q = a
    except ValueError: pass
    [*a]; (*a,); {*a}; print(*a)
    print('--any'); any([a]); all([a]); sum([a], b); hash((a,)); hash(frozenset([a])); len(a); bool(a); bytes([a]); reversed([a]); list(reversed([a, b])); dir(h) and 0; repr([a]); repr((a,)); repr({a: b}); repr({a}); str([a]); '%r' % [a]; f'{[a]}'; abs(-1); divmod; next(iter([a])); sum([a, b]); print([a]); ''.join(map(str, [a])); 
    print('--class')
    class K: z = a
    class K2(H): pass
    getattr(h, 'zz'); setattr(h, 'd', b); hasattr(a, 'q'); callable(a); vars; getattr(a, 'q', None)
    h.__eq__(a); l.__contains__(a); l.__getitem__(b); a.__eq__(b); Spy.__eq__(a, b); l.append(a); l.insert(b, a); l.pop(b); l.extend(a)
    print('--del')
run()
print('--module'); a = Spy(); b = Spy(); a(b); a + b; a == b; a[b]; b in a; h = H(); h.d; h.p; h.m(b); isinstance(b, Checked)
