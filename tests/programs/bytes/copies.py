# Which bytes objects are given back, looked up among those of one byte, or made anew.
class Bytes(bytes):
    pass


def kept(made):
    return made is bytes([made[0]])


one, none, two = Bytes(b"a"), Bytes(b""), Bytes(b"ab")
print(kept(one + b""), kept(b"" + one), kept(one * 1), kept(one[:]), kept(one.strip()), kept(one.ljust(0)), kept(b"a" * 1))
print(kept(b"a".replace(b"a", b"a")), kept(b"a".replace(b"q", b"a")), kept(one.replace(b"q", b"a")))
print(kept(b"a".translate(None)), kept(one.translate(None)), kept(b"ab".translate(None, b"a")))
print(kept(bytes((97,))), kept(bytes([97])), kept(bytes(iter([97]))), kept(bytes({97})), kept(bytes(b"a")))
print(none * 1 is b"", b"a" * 0 is b"", b"" * 5 is b"", none + b"" is b"", none[:] is b"", b"a".replace(b"a", b"") is b"")
print([part is two for part in two.partition(b"q")], [part is two for part in two.rpartition(b"q")])
print([part is b"" for part in none.partition(b"q")], two.split(b"q")[0] is two)
