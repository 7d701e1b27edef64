"""Values of the functions of cmath, on numbers of all sizes, infinities and NaN."""

import cmath, math
state = 12345
def rnd():
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return state >> 11
def unit(): return rnd() / 2**53
SPEC=[-math.inf,-2.3,-0.0,0.0,2.3,math.inf,math.nan,1.0,-1.0,1e308,-1e308,5e-324,-1e-310, 709.5, 710.3,0.5,math.pi/2, 1e-200]
def value():
    k = rnd() % 8
    if k == 0: return unit() * 2 - 1
    if k == 1: return unit() * 20 - 10
    if k == 2: return unit() * 2000 - 1000
    if k == 3: return math.ldexp(unit() * 2 - 1, rnd() % 2094 - 1070)
    if k == 4: return math.ldexp(unit() * 2 - 1, rnd() % 120 - 60)
    if k == 5: return SPEC[rnd()%len(SPEC)]
    if k == 6: return 1+ (unit()-.5)/2**(rnd()%40)
    return float(rnd() % 2001 - 1000)
def shown(f, *a):
    try: r = f(*a)
    except Exception as e: return type(e).__name__ + str(e)
    if isinstance(r, tuple): return [x.hex() for x in r]
    return r.hex() if isinstance(r, float) else (r.real.hex(), r.imag.hex())
N = 6
names='sqrt log log10 exp cosh sinh tanh cos sin tan acos acosh asinh atanh asin atan phase polar'.split()
for n in names:
    f=getattr(cmath,n)
    for x in SPEC[:7]:
        for y in SPEC[:7]: print(n,x,y,shown(f,complex(x,y)))
    for _ in range(N):
        x,y=value(),value(); print(n,x,y,shown(f,complex(x,y)))
for x in SPEC[:7]:
    for y in SPEC[:7]: print('rect',x,y,shown(cmath.rect,x,y))
for _ in range(N):
    x,y=value(),value(); print('rect',x,y,shown(cmath.rect,x,y))
    print('log',x,y,shown(cmath.log,complex(x,y), complex(y,x)))
    print('isc',x,y,cmath.isclose(complex(x,y), complex(x*(1+1e-9*unit()*2),y), abs_tol=unit()*1e-9), cmath.isfinite(complex(x,y)), cmath.isnan(complex(x,y)), cmath.isinf(complex(x,y)))
