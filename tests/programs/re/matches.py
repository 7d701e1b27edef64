# What a match tells: groups by number and by name, spans, and what calls Python on the way.
import _sre

word = _sre.compile('(?P<first>\\w)(\\d)?(?P<rest>\\w*)', 32, [14, 7, 4, 1, 4294967295, 8, 14, 0, 17, 0, 13, 4, 8, 14, 0, 17, 1, 23, 12, 0, 1, 17, 2, 13, 4, 8, 10, 0, 17, 3, 18, 17, 4, 24, 9, 0, 4294967295, 13, 4, 8, 14, 0, 1, 17, 5, 1], 3, {'first': 1, 'rest': 3}, (None, 'first', None, 'rest'))
raw = _sre.compile(b'(a)', 0, [14, 8, 1, 1, 1, 1, 0, 97, 0, 17, 0, 16, 97, 17, 1, 1], 1, {}, (None, None))
plain = _sre.compile('x*', 32, [14, 4, 0, 0, 4294967295, 24, 6, 0, 4294967295, 16, 120, 1, 1], 0, {}, (None,))
deep = _sre.compile('(?:(a)|b)*(c)?', 32, [14, 4, 0, 0, 4294967295, 23, 19, 0, 4294967295, 7, 9, 17, 0, 16, 97, 17, 1, 15, 7, 5, 16, 98, 15, 2, 0, 18, 23, 9, 0, 1, 17, 2, 16, 99, 17, 3, 18, 1], 2, {}, (None, None, None))


def attempt(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)))
    except BaseException as error:
        print(type(error).__name__ + ':', error)


class Number:
    def __init__(self, number):
        self.number = number

    def __index__(self):
        print('index', self.number)
        return self.number


class Name:
    def __hash__(self):
        print('hash')
        return hash('rest')

    def __eq__(self, other):
        print('equal', other)
        return other == 'rest'


class Bad:
    def __index__(self):
        raise ZeroDivisionError('no index')


found = word.search('  hello', 1)
print(found, found.string, found.re is word, found.pos, found.endpos, found.lastindex, found.lastgroup, bool(found))
print(found.group(), found.group(0), found.group(1), found.group('rest'), found.group(1, 'rest', 0, 2), found['first'], found[2])
print(found.groups(), found.groups('none'), found.groups(default=1), found.groupdict(), found.groupdict(''))
print(found.span(), found.span(1), found.span('rest'), found.span(2), found.start(), found.start(2), found.end('first'))
print(found.regs, found.regs is found.regs, found.group() is found.group(0), found.__copy__() is found, type(found)[str])
for key in (Number(1), Number(9), Number(2 ** 80), Name(), Bad(), [], 4, -1, 'none', None, 1.5, True):
    attempt(found.group, key)
    attempt(found.span, key)
    attempt(found.__getitem__, key)
attempt(found.group, 1, Number(3), Name())
attempt(found.start, 1, 2)
attempt(found.groups, 1, 2)
attempt(found.groupdict, x=1)
attempt(setattr, found, 'pos', 1)
attempt(type(found))

text = 'x' * 60
whole = plain.match(text)
print(whole, whole.group() is text, raw.match(b'a').group() is not None, repr(raw.match(bytearray(b'ab'))))
quoted = plain.search("''")
print(quoted, repr(word.match("\xe9'")))


class Text(str):
    pass


print(type(plain.match(Text('xx')).group()), type(plain.match(Text('xx')).string))
for subject in ('', 'abab', 'abbc', 'bbbac', 'c'):
    match = deep.match(subject)
    print(match.groups(), match.lastindex, match.lastgroup, match.regs)
odd = _sre.compile('a', 32, [17, 1, 16, 97, 17, 0, 1], 1, {}, (None, None))
attempt(odd.match, 'a')
odd = _sre.compile('a', 32, [17, 0, 16, 97, 17, 1, 1], 1, {'one': 1, 'many': 5, 'word': 'x'}, (None, 5))
print(odd.match('a').lastgroup, odd.match('a')['one'])
attempt(odd.match('a').groupdict)
attempt(odd.match('a').group, 'many')
attempt(odd.match('a').group, 'word')
