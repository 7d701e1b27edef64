# Of bytes objects of one byte there is one each, which some ways of making one look up, others not.
def same(made):
    return made is bytes([made[0]])


b, c = b"a", b"xa"
print(same(b.upper()), same(b.lower()), same(b.title()), same(b.swapcase()), same(b.capitalize()), same(b[::-1]))
print(same(b"".join([b, b""])), same(c.replace(b"x", b"")), same(b"".ljust(1)), same(b"".zfill(1)), same(b.expandtabs()))
print(same(bytes(1)), same(bytes(bytearray(b))), same(bytes(memoryview(b))), same(memoryview(b).tobytes()))
print(same((97).to_bytes()), same((97).to_bytes(1, "little")))
print(same(c[1:]), same(c.strip(b"x")), same(b"".join([b])), same(c.removeprefix(b"x")), same("a".encode()), same(b + b""))
