"""What OrderedDict, and classes derived from it, ask of special methods, in which order."""

from _collections import OrderedDict
log=[]
class D(OrderedDict):
    def __setitem__(s,k,v): log.append(('set',k,v)); super().__setitem__(k,v)
    def __getitem__(s,k): log.append(('get',k)); return super().__getitem__(k)
    def __delitem__(s,k): log.append(('del',k)); super().__delitem__(k)
    def __contains__(s,k): log.append(('in',k)); return super().__contains__(k)
    def __iter__(s): log.append('iter'); return super().__iter__()
    def keys(s): log.append('keys'); return super().keys()
    def items(s): log.append('items'); return super().items()
    def __missing__(s,k): log.append(('missing',k)); return 'm'
    def __eq__(s,o): log.append('eq'); return super().__eq__(o)
    def __len__(s): log.append('len'); return super().__len__()
    __hash__=None
def t(label,f):
    log.clear()
    try: r=f()
    except BaseException as e: r=repr(e)
    print(label, dict.__repr__(r) if isinstance(r, OrderedDict) else r, log)
class M:
    def keys(s): log.append('mkeys'); return ['x','y']
    def __getitem__(s,k): log.append(('mget',k)); return k*2
class It:
    def items(s): log.append('mitems'); return [('p',1)]
t('init',lambda:D([(1,2)]))
t('initd',lambda:D({1:2},a=3))
t('initm',lambda:D(M()))
t('initi',lambda:D(It()))
t('oinit',lambda:OrderedDict(M()))
t('oiniti',lambda:OrderedDict(It()))
t('bad',lambda:OrderedDict([1]))
t('bad',lambda:OrderedDict([(1,)]))
t('bad',lambda:OrderedDict([(1,2,3)]))
t('bad',lambda:OrderedDict(['ab']))
t('bad',lambda:OrderedDict([iter((1,2))]))
t('bad',lambda:OrderedDict(5))
t('bad',lambda:OrderedDict(1,2))
d=D([(1,2),(3,4)])
t('upd',lambda:d.update({5:6}))
t('upd',lambda:d.update(D([(7,8)])))
t('upd',lambda:d.update(a=1))
t('upd',lambda:d.update(M(),b=2))
t('copy',lambda:d.copy())
t('fromkeys',lambda:D.fromkeys([1,2],3))
t('setdef',lambda:d.setdefault(1,5))
t('setdef',lambda:d.setdefault(99,5))
t('pop',lambda:d.pop(1))
t('pop',lambda:d.pop(1,'dflt'))
t('pop',lambda:d.pop(1))
t('popitem',lambda:d.popitem())
t('popitem',lambda:d.popitem(False))
t('move',lambda:d.move_to_end(5))
t('move',lambda:d.move_to_end('nope'))
t('clear',lambda:d.clear())
d=D([(1,2),(3,4)])
t('eq',lambda:d==OrderedDict([(1,2),(3,4)]))
t('eqd',lambda:d=={3:4,1:2})
t('eqd',lambda:OrderedDict([(1,2),(3,4)])==d)
t('ne',lambda:d!=5)
t('or',lambda:d|{5:6})
t('ror',lambda:{5:6}|d)
def ior():
    global d
    d|={7:8}; return d
t('ior',ior)
t('ior',lambda:d.__ior__([(1,1)]))
t('or',lambda:d|[(1,1)])
t('repr',lambda:repr(d))
t('reduce',lambda:(lambda r:(r[0],r[1],r[2],r[3],list(r[4])))(d.__reduce__()))
d.attr=1
t('reduce',lambda:(lambda r:(r[0],r[1],r[2],r[3],list(r[4])))(d.__reduce__()))
t('copy',lambda:d.copy().__dict__)
t('list',lambda:list(d))
t('rev',lambda:list(reversed(d)))
t('dict',lambda:dict(d))
t('dict.update',lambda:{}.update(d))
t('**',lambda:{**d})
t('in',lambda:1 in d)
t('get',lambda:d.get(1))
t('miss',lambda:d[55])
t('del',lambda:d.__delitem__(1))
t('keys',lambda:list(d.keys()))
t('viewrev',lambda:(list(reversed(d.keys())),list(reversed(d.values())),list(reversed(d.items()))))
def mut():
    e=OrderedDict([(1,2),(3,4)])
    for k in e: e[k+10]=1
t('mut',mut)
def mut():
    e=OrderedDict([(1,2),(3,4)])
    for k in e: del e[k]
t('mut',mut)
def mut():
    e=OrderedDict([(1,2),(3,4)])
    for k in e: e.clear()
t('mut',mut)
class KD(OrderedDict):
    def pop(s,*a): log.append('pop'); return super().pop(*a)
    def popitem(s,*a): log.append('popitem'); return super().popitem(*a)
    def copy(s): log.append('copy'); return super().copy()
    def update(s,*a,**k): log.append('update'); return super().update(*a,**k)
    def __init__(s,*a,**k): log.append('init'); super().__init__(*a,**k)
t('kd',lambda:KD([(1,2)]).copy())
t('kd',lambda:KD([(1,2)])|{3:4})
t('kd',lambda:{3:4}|KD([(1,2)]))
t('kd',lambda:KD([(1,2)]).__ior__({1:2}))
t('kd',lambda:KD.fromkeys([1]))
import _collections
class DD(_collections.defaultdict):
    def __setitem__(s,k,v): log.append(('set',k,v)); super().__setitem__(k,v)
    def __init__(s,*a,**k): log.append('init'); super().__init__(*a,**k)
x=DD(list,{1:2}); 
t('dd',lambda:x[5]); t('dd',lambda:x.copy()); t('dd',lambda:x|{9:9}); t('dd',lambda:{9:9}|x); t('dd',lambda:x.__ior__({1:1})); t('dd',lambda:x.__copy__()); t('dd',lambda:x.update({3:3})); t('ddr',lambda:repr(x)); t('red',lambda:(lambda r:(r[0],r[1],r[2],r[3],list(r[4])))(x.__reduce__()))
t('missing',lambda:x.__missing__(8)); x.default_factory=None; t('missing',lambda:x[77]); t('missing',lambda:x.__missing__(8))
