# Defaults are worked out once, when the def runs.
def collect(item, items=[]):
    items.append(item)
    return items


print(collect(1), collect(2), collect(3, []), collect(4))
print(collect.__defaults__)
n = 5


def later(x=n, *, y=n * 2):
    return x, y


n = 6
print(later(), later(1), later(y=0), later.__defaults__, later.__kwdefaults__)


def noisy(text):
    print("working out", text)
    return text


def ordered(a=noisy("a"), b=noisy("b"), *, c=noisy("c")):
    return a + b + c


print(ordered(), ordered(b="X"))
functions = [lambda i=i: i * i for i in range(3)]
print([f() for f in functions], [f(10) for f in functions])


def fresh(items=None):
    if items is None:
        items = []
    items.append(1)
    return items


print(fresh(), fresh(), fresh([0]))
