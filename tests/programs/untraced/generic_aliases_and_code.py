"""What stands among types in square brackets; methods and code objects compared by name."""

import math
def f(): pass
class C:
    def m(self): pass
class X[**P]: pass
class Y[T]: pass
print(list[f], list[C.m], list[C().m], list[math.sin], list[str.join], list[(1,),2], list[[int],str], list[()], list[((),)], list[None], list[type(None)], list[...], list[int|None], list['a'])
print([].append.__eq__([].append), [].append == [].append)
x=[]; print(x.append.__eq__(x.append), x.append.__ne__(x.append), len.__ne__(print))
a=C(); print(a.m.__eq__(a.m), a.m.__eq__(C().m), a.m.__hash__()==hash(a.m), (1).__add__.__eq__((1).__add__), (1).__add__.__eq__((2).__add__))
print(f.__code__.__eq__(f.__code__), f.__code__.__eq__((lambda:0).__code__), f.__code__.__hash__()==hash(f.__code__))

print('%s' % {1})
print('%s' % frozenset('a'), '%s' % {1:2}.keys())
s='abc'*3
print(s.format() is s, s.format_map({}) is s, ('a{{}}').format())
class S(str): pass
print(type(S('x').format()), type(iter(S('a'))), type(iter(S('é'))), type(iter('é')), type(iter('')))
x=S('xy'); print(x.format() is x, '{}'.format(x) is x, '{}'.format(s) is s, '%s'%s is s, f'{s}' is s, f'{x}' is x, '%s'%x is x, s % () is s, x % () is x, ''.join([s]) is s, ''.join([x]) is x)
print(b'%s' % b'a', b'%d' % True)
print("%5.3s" % "hello", "%-5.3s|" % "hello", "%5.3r" % "abc", "%5s" % "hello", "%.5s" % "hello")
for key in (slice(0, 1, 0), 0):
    try:
        [1][key] = 5 if key else 6
        del {1}[key]
    except (TypeError, ValueError) as error:
        print(error)
