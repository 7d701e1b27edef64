# A list is empty while it is being sorted; who puts something into it then is told of it.
def t(f):
    l = [3, 1, 2]
    try: l.sort(key=lambda x: f(l) or x)
    except ValueError as e: print(e, l)
    else: print("fine", l)
t(lambda l: None)
t(lambda l: l.append(1))
t(lambda l: (l.append(1), l.pop()) and 0)
t(lambda l: l.clear())
t(lambda l: l.extend([]))
t(lambda l: (l.extend([1]), l.clear()) and 0)
t(lambda l: (l.insert(0, 1), l.remove(1)) and 0)
t(lambda l: l.reverse())
t(lambda l: l.__setitem__(slice(None), []))
t(lambda l: l.__setitem__(slice(None), [1]))
t(lambda l: (l.__setitem__(slice(None), [1]), l.__delitem__(slice(None))) and 0)
t(lambda l: l.sort())
t(lambda l: (l.append(1), l.sort(), l.pop()) and 0)
t(lambda l: l.__init__())
t(lambda l: l.__init__([1]))
t(lambda l: (l.__init__([1]), l.__init__()) and 0)
t(lambda l: l.__imul__(2) and 0)
t(lambda l: l.__iadd__([2]) and 0)
t(lambda l: (l.__iadd__([2]), l.pop()) and 0)
def bad(l):
    l.append(1); l.pop(); raise KeyError
try: t(bad)
except KeyError: pass
class X:
    def __init__(self, v): self.v = v
    def __lt__(self, o):
        if m: xs.append(1); xs.pop()
        return self.v < o.v
for m in 0, 1, 0:
    xs = [X(3), X(2), X(1)]
    try: xs.sort()
    except ValueError as e: print(e, [x.v for x in xs])
    else: print([x.v for x in xs])
    l = [X(2), X(1)]
    sorted(xs)
