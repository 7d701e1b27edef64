"""A lone surrogate has no place in UTF-8: what `print` and `write` do with it, and what was written before it."""

import sys

for text in ('\ud800', 'a\udfffb', 'ok \U0001f600', '\ud83d\ude00'):
    try:
        print('before', text, 'behind')
    except UnicodeEncodeError as error:
        print('|', error, error.start, error.end, error.object == text)
    try:
        sys.stdout.write(f'<{text}>\n')
    except UnicodeEncodeError as error:
        print(error.encoding, error.start, error.reason)


class Sharp:
    def __str__(self):
        return '\udfff!'


try:
    print(Sharp(), sep='\ud800')
except UnicodeEncodeError as error:
    print(error)
print('e\ud800f', file=sys.stderr)
print('g', 'h', sep='\udc00')
