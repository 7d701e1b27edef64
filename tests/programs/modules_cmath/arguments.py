"""What the functions of cmath take, and what they say of what they do not."""

import cmath, math

class C:
    def __complex__(self): return 3+4j
class F:
    def __float__(self): return 2.0
class I:
    def __index__(self): return 9
class B:
    def __complex__(self): return 1
class E:
    def __complex__(self): raise KeyError("no")

def t(s):
    try: print(s, eval(s))
    except Exception as e: print(s, repr(e))
for e in """cmath.polar(1e308+1e308j)
cmath.polar('a')
cmath.sqrt('a')
cmath.sqrt()
cmath.sqrt(1,2)
cmath.log(1,2,3)
cmath.log(0)
cmath.log(2,0)
cmath.log(2,1)
cmath.log10(0)
cmath.atanh(1)
cmath.atan(1j)
cmath.exp(1000)
cmath.isclose(1,2,3)
cmath.isclose(1,2,rel_tol=-1)
cmath.isclose(1)
cmath.rect(1)
cmath.rect(1j,2)
cmath.phase(-0j)
cmath.phase(complex(1,math.nan))
cmath.tan(complex(0,math.inf))
cmath.isclose(a=1,b=1+1e-12j)
cmath.log(2,None)
cmath.log(1e300,x=1)
cmath.isnan(2)
cmath.isclose(math.inf,math.inf)
cmath.log(10**400)
cmath.sqrt(10**400)
sorted(n for n in dir(cmath) if n[0] != "_")
cmath.sqrt(C()), cmath.sqrt(F()), cmath.sqrt(I()), cmath.sqrt(True)
cmath.sqrt(B())
cmath.sqrt(E())
cmath.log(C(), F())
cmath.rect(F(), I())
cmath.rect(C(), 1)
cmath.isclose(C(), F(), rel_tol=I(), abs_tol=F())
cmath.phase(C()), cmath.polar(C())
cmath.phase(complex(1e308, 5e-324))
cmath.infj, cmath.nanj,cmath.pi
cmath.cosh(710.5+1j), cmath.cosh(800)
cmath.polar(complex(math.inf,math.nan))""".splitlines(): t(e)
