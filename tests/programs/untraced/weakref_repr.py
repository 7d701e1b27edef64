# What weak references and proxies look like, with their addresses left out.
from _weakref import proxy, ref


class Thing:
    pass


def plain():
    pass


def shown(value):
    words = repr(value).split()
    return " ".join(word for word in words if not word.startswith("0x"))


thing = Thing()
thing.__name__ = "named"
held, other = ref(thing), proxy(thing, print)
print(shown(held), shown(other))
for target in (plain, Thing, len, {1}, (each for each in ())):
    print(shown(ref(target)), shown(proxy(target)))
del target
callback = ref(thing, lambda gone: print("callback", shown(gone)))
other = proxy(thing)
del thing
print(shown(held), shown(other), shown(callback))
