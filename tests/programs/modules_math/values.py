"""Values of the functions of math, on numbers of all sizes."""

import math
state = 12345
def rnd():
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    return state >> 11
def unit(): return rnd() / 2**53
def value():
    k = rnd() % 6
    if k == 0: return unit() * 2 - 1
    if k == 1: return unit() * 20 - 10
    if k == 2: return unit() * 2000 - 1000
    if k == 3: return math.ldexp(unit() * 2 - 1, rnd() % 2094 - 1070)
    if k == 4: return math.ldexp(unit() * 2 - 1, rnd() % 120 - 60)
    return float(rnd() % 2001 - 1000)
def shown(f, *a):
    try: r = f(*a)
    except Exception as e: return type(e).__name__ + str(e)
    return r.hex() if isinstance(r, float) else r
N = 12
for name in 'sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp exp2 expm1 log log2 log10 log1p sqrt gamma lgamma erf erfc ulp frexp modf floor ceil trunc degrees radians'.split():
    f = getattr(math, name)
    for _ in range(N):
        x = value(); print(name, x.hex(), shown(f, x))
for name in 'pow atan2 fmod remainder hypot copysign nextafter log'.split():
    f = getattr(math, name)
    for _ in range(N):
        x, y = value(), value(); print(name, x.hex(), y.hex(), shown(f, x, y))
for _ in range(N):
    x,y,z = value(), value(), value(); print('fma', shown(math.fma, x, y, z), shown(math.hypot, x, y, z), shown(math.ldexp, x, rnd()%2200-1100))
for _ in range(6):
    a=[value() for _ in range(rnd()%12)]; b=[value() for _ in a]
    print('sums', shown(math.fsum,a), shown(math.sumprod,a,b), shown(math.dist,a,b), shown(math.hypot,*a), shown(math.prod,a))
    a=[unit()*2-1 for _ in range(rnd()%12)]; b=[unit()*2-1 for _ in a]
    print('sums', shown(math.fsum,a), shown(math.sumprod,a,b), shown(math.dist,a,b), shown(math.hypot,*a), shown(math.prod,a), shown(math.sumprod,[1,2.5,3][:len(a)],b[:3]))
for _ in range(6):
    n=rnd()%300; k=rnd()%300; big=rnd()*rnd()*rnd()
    print(math.comb(n,k), math.perm(n,k), math.factorial(n%60), math.gcd(big,rnd()*6), math.lcm(n,k), math.isqrt(big), math.log(big**20).hex(), math.log2(big**20).hex(), math.log10(big**20).hex())
