# Matches that take long go in portions, and end all the same.
import _sre

pairs = _sre.compile('(?:a|b)*c', 32, [14, 4, 0, 1, 4294967295, 24, 10, 0, 4294967295, 13, 5, 22, 97, 98, 0, 1, 16, 99, 1], 0, {}, (None,))
backtracking = _sre.compile('(a+)+$', 32, [14, 4, 0, 1, 4294967295, 23, 14, 1, 4294967295, 17, 0, 24, 6, 1, 4294967295, 16, 97, 1, 17, 1, 18, 6, 5, 1], 1, {}, (None, None))
reluctant = _sre.compile('(?:a|b)*?c', 32, [14, 4, 0, 1, 4294967295, 26, 10, 0, 4294967295, 13, 5, 22, 97, 98, 0, 1, 16, 99, 1], 0, {}, (None,))
look = _sre.compile('(?:(?=a)a|(?!a)b)*c', 32, [14, 4, 0, 1, 4294967295, 23, 27, 0, 4294967295, 7, 11, 4, 5, 0, 16, 97, 1, 16, 97, 15, 13, 11, 5, 5, 0, 16, 97, 1, 16, 98, 15, 2, 0, 18, 16, 99, 1], 0, {}, (None,))
atomic = _sre.compile('(?>(?:a|b)*)c', 32, [14, 4, 0, 1, 4294967295, 27, 13, 24, 10, 0, 4294967295, 13, 5, 22, 97, 98, 0, 1, 1, 16, 99, 1], 0, {}, (None,))
strict = _sre.compile('(?:(a)|b)*+c', 32, [14, 4, 0, 1, 4294967295, 28, 19, 0, 4294967295, 7, 9, 17, 0, 16, 97, 17, 1, 15, 7, 5, 16, 98, 15, 2, 0, 1, 16, 99, 1], 1, {}, (None, None))
many = _sre.compile('x+', 32, [14, 4, 0, 1, 4294967295, 24, 6, 1, 4294967295, 16, 120, 1, 1], 0, {}, (None,))

text = 'ab' * 3000
for pattern in (pairs, reluctant, look, atomic, strict):
    found = pattern.match(text + 'c')
    print(found.span(), found.regs[-1], pattern.match(text), pattern.fullmatch(text + 'cc'))
print(backtracking.match('a' * 12 + 'b'), backtracking.search('a' * 14).span())
found = many.findall('xy' * 3000)
print(len(found), many.sub('-', 'xy' * 3000) == '-y' * 3000, len(many.split('xy' * 3000)))
