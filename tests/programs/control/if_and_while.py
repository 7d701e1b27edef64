# if, elif, else, while, break, continue and the else of a loop.
def sign(n):
    if n < 0:
        return "negative"
    elif n == 0:
        return "zero"
    else:
        return "positive"


print(sign(-5), sign(0), sign(5))
n = 27
steps = 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
print(steps)
i = 0
while True:
    i += 1
    if i == 3:
        continue
    if i > 5:
        break
    print(i, end=" ")
else:
    print("never")
print("stopped at", i)
while i:
    i -= 2
else:
    print("else", i)
for n in range(2, 12):
    for d in range(2, n):
        if n % d == 0:
            break
    else:
        print(n, end=" ")
print()
x = 5
if x > 3 and x < 10 or x == 0: print("in"), print("side")
if not x: pass
elif x is None: pass
else: print("end")
while False:
    print("never")
