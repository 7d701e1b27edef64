# Columns are bytes of UTF-8; tabs, form feeds, continuations and semicolons move things about.
é = 'é'; 漢字 = é + "漢"
if é:
	tab = 1;	tabs = 2	;
	if tab: x;
	else: y ;  # behind
if a: b; c;
def f(): return 1;
class C: pass ;
x = \
    1 + \
  2
x = (
  # comment

    1
    +
    2  # more

)
y = ((((x)))); z = ((1), (2)); ((a), (b)) = ((c)); w = ([((1))])
f((x)); f(((x) for (x) in (y))); f(*(x), k=(y), **(z)); (f)((x))(y); ((a).b).c; (a)[(b)]; (a)[(b):(c)]; a[(b), (c)]
(yield_); (not (x)); -(x); (lambda: (x)); (x) if (y) else (z); (x) < (y) < (z); (x) and (y)
del (x), ((y)), [(z)]
(x): int = (1)
x.y: int = (1)
assert (x), (y)
for (x) in (y): pass
for x in (*a, b): pass
for x in *a, b: pass
with (x), (y): pass
with (x) as (y): pass
with ((x) as y): pass
with (x, y): pass
with (x): pass
with (x).y: pass
with (x, y) as z: pass
return_ = (yield_)
@(x)
@ y
@z ((1))
# comment
def g(a=(1), *, b: (int) = (2)) -> (int): pass
@d

class D((A), k=(B)): pass
@d
async   def h(): (await (x)); (yield); [(i) async for (i) in (j) if (k)]
raise (E) from (F)
import a . b . c as d
from . . . a . b import (c as d, e,)
from .... import x
from . import(y)
class E(): pass
class F(
): pass
def i(
    a, b
): pass
async def j(): return await x ** 2, -await x
x = {  # set
  1, }; x = {1: 2, }; x = {**a, }; x = [ *a , ]; x = 1, ; x = (1, )
a = b, = c; a, = b; *a, = b; [*a] = b; (a) = b; [a, b] = c; () = x; [] = y
x = f'é{é}漢' 'é' f"{é!r:é>{漢字}}"
x = (f'a'
     'b' f'{x}'
       "c")
x = 'a' \
    f'{b}' \
    'c'
x = f'''é
{x}
  {y:>
z} {
  z
}'''
match (x):
    case (1): pass
    case ((1) | (2)): pass
    case [(x), (y)]: pass
    case (x, y): pass
    case x, : pass
    case {'a': (x), **y}: pass
    case C((x), y=(z)): pass
    case (x) as y: pass
    case (- 1) | (1 + 2j): pass
    case C (): pass ;
try: pass
except (A): pass
except (A, B): pass
except A, B: pass
else: pass;
finally: pass ;
type X [ T : (int) ] = (T)
def k [ T = (int) , * Ts = * (x) , ** P = (y) ] () : pass
x = lambda * , a = (1) : (a)
while (x): pass
else: pass ;
