"""How often hashes are asked for: a tuple keeps its own, and sets and dicts know those of their keys."""

n=[0]
class H:
    def __init__(s,v=1): s.v=v
    def __hash__(s): n[0]+=1; return s.v
    def __eq__(s,o): n[0]+=100; return s is o
def t(label,f):
    n[0]=0
    try: r=f()
    except BaseException as e: r=repr(e)
    print(label, n[0], r if isinstance(r, (bool, int, str)) else type(r).__name__)
a=(H(),); t('hash',lambda:hash(a)); t('again',lambda:hash(a))
b=(H(),H(2)); t('in dict',lambda:{b:1}); t('lookup',lambda:{b:1}[b])
c=((H(),),); t('nested',lambda:hash(c)); t('inner',lambda:hash(c[0]))
class T(tuple): pass
d=T((H(),)); t('sub',lambda:hash(d)); t('sub2',lambda:hash(d))
e=(H(),)+(); t('concat',lambda:hash(e)); f=e+(1,); t('concat2',lambda:hash(f)); 
g=e[:]; t('slice',lambda:hash(g))
h=e*1; t('mul',lambda:hash(h)); h=e*2; t('mul2',lambda:hash(h))
fs=frozenset([H()]); t('frozen',lambda:hash(fs)); t('frozen',lambda:hash(fs))
class Bad:
    def __hash__(s): n[0]+=1; raise ValueError
x=(Bad(),); t('bad',lambda:hash(x)); t('bad',lambda:hash(x))
class Un: __hash__=None
x=(1,Un()); t('un',lambda:hash(x)); t('un',lambda:hash(x))
class Flip:
    v=1
    def __hash__(s): n[0]+=1; Flip.v+=1; return Flip.v
x=(Flip(),); t('flip',lambda:hash(x)==hash(x))
s={H(),H(2)}; t('fromkeys set',lambda:dict.fromkeys(s))
t('fromkeys fs',lambda:dict.fromkeys(frozenset(s)))
t('fromkeys dict',lambda:dict.fromkeys({H():1}))
dd={H():1,H(2):3}; t('fromkeys dict2',lambda:dict.fromkeys(dd))
class DS(dict): pass
t('fromkeys sub',lambda:DS.fromkeys(s))
t('fromkeys sub',lambda:DS.fromkeys(dd))
class SS(set): pass
ss=SS(s); t('fromkeys subset',lambda:dict.fromkeys(ss))
t('fromkeys list',lambda:dict.fromkeys(list(s)))
import _collections as collections
t('od',lambda:collections.OrderedDict.fromkeys(s))
t('set(set)',lambda:set(s)); t('set(dict)',lambda:set(dd)); t('fs(set)',lambda:frozenset(s)); t('set(frozenset)',lambda:set(frozenset(s)))
t('set(sub)',lambda:set(ss)); t('dict(dict)',lambda:dict(dd)); t('copy',lambda:dd.copy()); t('s.copy',lambda:s.copy()); t('update',lambda:{}.update(dd)); t('set.update',lambda:set().update(dd)); t('set|',lambda:s|set()); t('set|d',lambda:s.union(dd)); t('s-d',lambda:s.difference(dd)); t('s-k',lambda:s-dd.keys()); t('k-s',lambda:dd.keys()-s); t('k&s',lambda:dd.keys()&s); t('k|s',lambda:dd.keys()|s); t('k^s',lambda:dd.keys()^s)
t('s&d',lambda:s.intersection(dd)); t('s&s',lambda:s&s); t('issub',lambda:s.issubset(dd)); t('issup',lambda:s.issuperset(dd)); t('eq',lambda:s==set(s)); t('<=',lambda:s<=set(s)); t('disj',lambda:s.isdisjoint(dd)); t('symd',lambda:s.symmetric_difference(dd)); t('s^d',lambda:s^s)
t('keys==',lambda:dd.keys()==s); t('keys<=',lambda:dd.keys()<=s); t('items',lambda:dd.items()==dd.items()); t('k disj',lambda:dd.keys().isdisjoint(s))
k=list(s); s2=set(s); t('add',lambda:s2.add(k[0])); t('discard',lambda:s2.discard(k[0])); t('remove',lambda:s2.remove(k[1])); 
t('disc set',lambda:{frozenset(s)}.discard(s)); t('in set',lambda:s in {frozenset(s)})
t('kw',lambda:dict(**{'a':1})); t('merge',lambda:{**dd}); t('setcomp',lambda:{*s}); t('**call',lambda:(lambda **k:0)(**{})); t('mp',lambda:hash(type(int.__dict__)(dd)))
