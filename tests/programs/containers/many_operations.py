# Slices, sets, dicts, formats and integers by the thousand, chosen by numbers that look like chance: what comes of
# each is put into a sum, which is printed now and then.
state = 12345


def pick(count):
    global state
    state = (state * 1103515245 + 12345) % 2147483648
    return state // 65536 % count


total = 0


def note(*values):
    global total
    for char in repr(values):
        total = (total * 31 + ord(char)) % 1000000007


def attempt(what, *args):
    try:
        note(what(*args))
    except Exception as error:
        note(type(error).__name__, str(error))


def bound():
    return None if pick(4) == 0 else pick(25) - 12


def slices():
    for turn in range(400):
        step = (None, 1, 2, 3, -1, -2, -3, 0)[pick(8)]
        where = slice(bound(), bound(), step)
        length = pick(10)
        for sequence in (list(range(length)), tuple(range(length)), 'abcdefghij'[:length], b'abcdefghij'[:length], range(length)):
            attempt(lambda: sequence[where])
        note(where.indices(length) if step != 0 else 0)
        items = list(range(length))

        def store():
            items[where] = range(pick(5))
            return items

        def drop():
            del items[where]
            return items

        attempt(store)
        attempt(drop)
        array = bytearray(range(length))

        def store_bytes():
            array[where] = bytes(pick(4))
            return array

        attempt(store_bytes)


def some():
    return {pick(12) for _ in range(pick(7))}


def sets():
    for turn in range(250):
        a, b = some(), frozenset(some())
        for what in (lambda: a | b, lambda: a & b, lambda: a - b, lambda: a ^ b, lambda: b - a, lambda: a <= b,
                     lambda: a < b, lambda: a >= b, lambda: a == b, lambda: a.isdisjoint(b), lambda: a.union(b, [99]),
                     lambda: a.difference([1, 2], b), lambda: sorted(a.symmetric_difference('ab'), key=str)):
            attempt(what)
        c = set(a)
        for what in (lambda: c.update(b, [pick(30)]), lambda: c.discard(pick(12)), lambda: c.remove(pick(12)),
                     lambda: c.pop(), lambda: c.add(pick(40) * 7), lambda: c.intersection_update(range(pick(40))),
                     lambda: c.difference_update([pick(12)]), lambda: c.symmetric_difference_update(b)):
            attempt(what)
            note(c, len(c), list(c))


def dicts():
    d = {}
    for turn in range(900):
        key = (pick(20), 'k%d' % pick(20), (pick(3), pick(3)), pick(9) / 2)[pick(4)]
        kind = pick(12)
        if kind < 4:
            d[key] = turn
        elif kind == 4:
            attempt(d.pop, key)
        elif kind == 5:
            attempt(d.popitem)
        elif kind == 6:
            attempt(d.setdefault, key, turn)
        elif kind == 7:
            attempt(lambda: d[key])
        elif kind == 8:
            d |= {key: turn, turn: key}
        elif kind == 9:
            attempt(lambda: d.keys() & {pick(20), 'k3'})
        elif kind == 10:
            attempt(lambda: list(reversed(d.items()))[:3])
        elif turn % 97 == 0:
            d.clear()
        note(list(d)[:4], len(d), key in d, d.get(key))
    note(d)


def formats():
    aligns, signs, kinds = ('', '<', '>', '^', '=', '*<', '0>', '_^'), ('', '+', '-', ' '), 'bcdoxXneEfFgG%s'
    for turn in range(900):
        spec = aligns[pick(8)] + signs[pick(4)] + ('#' if pick(5) == 0 else '') + ('0' if pick(6) == 0 else '')
        spec += str(pick(14)) if pick(2) else ''
        spec += ('', ',', '_')[pick(3)]
        spec += '.%d' % pick(8) if pick(3) == 0 else ''
        spec += kinds[pick(len(kinds))] if pick(5) else ''
        value = (pick(100000) - 50000, (pick(30000) - 15000) / (pick(99) + 1), 'text', True, complex(pick(9), -pick(9)))[pick(5)]
        attempt(format, value, spec)
        note(spec)


def integers():
    values = [0, 1, -1, 2, -7, 10, 2**31, -2**63, 2**64 + 1, 3**50, -5**40]
    for turn in range(500):
        a, b = (values[pick(len(values))] + pick(5) - 2 for _ in range(2))
        for what in (lambda: a + b, lambda: a - b, lambda: a * b, lambda: a // b, lambda: a % b, lambda: divmod(a, b),
                     lambda: a & b, lambda: a | b, lambda: a ^ b, lambda: a << pick(70), lambda: a >> pick(70),
                     lambda: a < b, lambda: a == b, lambda: hash(a), lambda: a.bit_length(), lambda: a / b,
                     lambda: pow(a, pick(9), b), lambda: round(a, -pick(5)), lambda: float(a), lambda: ~a):
            attempt(what)


for part in (slices, sets, dicts, formats, integers):
    part()
    print(part.__name__, total, state)
