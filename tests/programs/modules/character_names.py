# Characters by their names: in literals, in escapes that are decoded, in what stands for what cannot be encoded.
import _codecs as codecs
print('a\u20acé\U0001F600\ud800\x01'.encode('ascii','namereplace'))
for b in [rb'\N{BULLET}x', rb'\N', rb'\N{', rb'\N{}', rb'\N{nope}y', rb'a\N{EM DASH', rb'\N{bell}',rb'\NX', rb'\N{KEYCAP DIGIT ONE}']:
    for e in ('strict','replace'):
        try: print(b, b.decode('unicode_escape',e))
        except Exception as x: print(b, type(x).__name__, x)
print(codecs.lookup_error('namereplace')(UnicodeEncodeError('x','a€\x00b',1,3,'r')))
try: b'\xff'.decode('ascii','namereplace')
except Exception as x: print(type(x).__name__, x)
print(codecs.unicode_escape_decode(rb'\N{BULLET}'), '\N{bullet}')
