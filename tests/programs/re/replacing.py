# sub and subn: with a text, a function, and a template, which Python code makes.
import sys

import _sre

letter = _sre.compile('a', 32, [14, 8, 3, 1, 1, 1, 1, 97, 0, 16, 97, 1], 0, {}, (None,))
pair = _sre.compile('(?P<one>\\w)(\\d)?', 32, [14, 7, 4, 1, 2, 8, 14, 0, 17, 0, 13, 4, 8, 14, 0, 17, 1, 23, 12, 0, 1, 17, 2, 13, 4, 8, 10, 0, 17, 3, 18, 1], 2, {'one': 1}, (None, 'one', None))
raw = _sre.compile(b'(a)', 0, [14, 8, 1, 1, 1, 1, 0, 97, 0, 17, 0, 16, 97, 17, 1, 1], 1, {}, (None, None))
nothing = _sre.compile('x*', 32, [14, 4, 0, 0, 4294967295, 24, 6, 0, 4294967295, 16, 120, 1, 1], 0, {}, (None,))


def attempt(function, *args, **keywords):
    try:
        print(repr(function(*args, **keywords)))
    except BaseException as error:
        print(type(error).__name__ + ':', error)


class Stub:
    """Stands in for the module that compiles templates."""

    @staticmethod
    def _compile_template(pattern, text):
        print('compiling', text, pattern.groups)
        if type(text) is bytearray:
            raise TypeError('no key')
        if text == '\\bad':
            raise ValueError('a bad escape')
        if text == '\\odd':
            return 5
        if isinstance(text, bytes):
            return _sre.template(pattern, [b'<', 1, b'>'])
        if text == '\\far':
            return _sre.template(pattern, ['', 9, ''])
        if text == '\\mixed':
            return _sre.template(pattern, [b'', 1, b''])
        if text == '\\plain':
            return _sre.template(pattern, ['-'])
        return _sre.template(pattern, ['[', 1, ':', 2, '', 0, ']'])


sys.modules['re'] = Stub


def shout(match):
    return match.group().upper() + str(match.start())


print(letter.sub('o', 'banana'), letter.sub('o', 'banana', 2), letter.subn('o', 'banana', count=1), letter.sub('o', 'banana', -1))
print(letter.sub(shout, 'banana'), letter.subn(lambda match: None, 'banana'), nothing.sub('-', 'abxd'), nothing.subn('-', ''))
text = 'bbb'
print(letter.sub('o', text) is text, letter.sub('', 'aaa'), letter.sub('\u20ac', 'b\xe4a'), raw.sub(b'o', bytearray(b'banana')))
print(pair.sub(r'\group', 'x1 y'), pair.subn(r'\group', 'x1 y', 1), pair.sub(r'\plain', 'x1 y'), raw.sub(rb'\g', b'banana'))
print(raw.sub(bytearray(rb'\g'), b'aa'), pair.match('x1').expand(r'\group'), pair.match('x').expand(r'\plain'))
for wrong in (r'\bad', r'\odd', r'\far', b'o', 5, None):
    attempt(letter.sub, wrong, 'banana')
attempt(pair.match('x').expand, r'\far')
attempt(pair.match('x').expand, r'\mixed')
attempt(letter.sub, lambda match: 5, 'xa')
attempt(letter.sub, lambda match: b'5', 'xa')
attempt(raw.sub, lambda match: '5', b'xa')
attempt(letter.sub, lambda match: 1 / 0, 'xa')
attempt(letter.sub, 'o', 5)
attempt(letter.sub, 'o')
attempt(letter.sub, 'o', 'a', 'x')


class Call:
    def __call__(self, match):
        return letter.sub(shout, 'inner a ') + match[0]


print(letter.sub(Call(), 'a-a'))


class Count:
    def __index__(self):
        print('counted')
        return 1


print(letter.sub('o', 'aaa', Count()), letter.split('xaxax', Count()), letter.search('aaa', Count()))
for parts in (None, ['a', 1], ['a', 'x', 'b'], ('a',), ['a', -1, 'c'], [], ['a', 2 ** 70, '']):
    attempt(_sre.template, letter, parts)
print(type(_sre.template(letter, ['a'])))
