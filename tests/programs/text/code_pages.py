# Codecs of one byte a character: every byte of each, and what they do where they cannot go on.
NAMES = ('cp437', 'cp850', 'cp852', 'cp866', 'cp874', 'cp1250', 'windows-1251', 'CP1252', '1253', 'cp1254', 'cp1255',
         'cp1256', 'cp1257', 'cp1258', 'iso8859-2', 'ISO-8859-5', 'iso-8859-7', 'latin9', 'iso8859-16', 'koi8-r', 'koi8_u',
         'mac-roman', 'mac-greek', 'kz1048', 'hp-roman8', 'iso_ir_148', 'tis-620')
EVERY = bytes(range(256))
for name in NAMES:
    text = EVERY.decode(name, 'replace')
    kept = text.replace('\ufffd', '')
    print(name, text[128:].replace('\ufffd', '?').encode('ascii', 'backslashreplace'))
    print(kept.encode(name, 'replace') == bytes(b for b in EVERY if bytes([b]).decode(name, 'replace') != '\ufffd'))


def t(what):
    try:
        print(what())
    except Exception as error:
        print(type(error).__name__, error)
        if isinstance(error, UnicodeError):
            print(error.encoding, error.start, error.end, error.reason)


t(lambda: 'a€b'.encode('cp1252'))
t(lambda: b'\x80'.decode('cp1252'))
t(lambda: b'a\x81\x8db'.decode('cp1252'))
t(lambda: b'a\x81b'.decode('cp1252', 'ignore'))
t(lambda: b'a\x81b'.decode('cp1252', 'backslashreplace'))
t(lambda: ascii(b'a\x81b'.decode('cp1252', 'surrogateescape')))
t(lambda: 'a\udc81b'.encode('cp1252', 'surrogateescape'))
t(lambda: 'x本語y'.encode('cp437'))
t(lambda: 'x本語y'.encode('cp437', 'replace'))
t(lambda: 'x本語y'.encode('cp437', 'xmlcharrefreplace'))
t(lambda: 'x本語y'.encode('cp437', 'backslashreplace'))
t(lambda: 'x本語y'.encode('cp437', 'ignore'))
t(lambda: 'x本語y'.encode('cp437', 'surrogatepass'))
t(lambda: 'x'.encode('cp9999'))
t(lambda: bytes('é', 'cp850'))
t(lambda: str(b'\xe9', 'koi8-r'))
t(lambda: bytearray('ж', 'cp866'))
t(lambda: '\x80'.encode('cp1252'))
t(lambda: 'ж'.encode('cp1252', 'nonsense'))
