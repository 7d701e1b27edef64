# binascii: bytes as texts of printable characters, and back; checksums.
import binascii


def tried(function, *args, **names):
    try:
        print(function.__name__, args, names, repr(function(*args, **names)))
    except Exception as error:
        print(function.__name__, args, names, type(error).__qualname__, error)


print(binascii.Error.__mro__, binascii.Incomplete.__mro__)
for data in b"", b"a", b"ab", b"abc", bytes(range(0, 256, 7)), bytearray(b"abcd"):
    tried(binascii.b2a_base64, data)
    tried(binascii.b2a_base64, data, newline=False)
    tried(binascii.hexlify, data)
    tried(binascii.b2a_hex, data)
    tried(binascii.crc32, data)
    tried(binascii.crc32, data, 5)
    tried(binascii.crc_hqx, data, 0)
    tried(binascii.crc_hqx, data, 0x1234)
    tried(binascii.b2a_uu, data)
    tried(binascii.b2a_uu, data, backtick=True)
for text in [
    b"YWJj\n", b"YWJj", "YWJj", b"YWI=", b"YWI", b"YQ==", b"YQ=", b"YQ", b"Y", b"=", b"====", b"YW=Jj", b"Y W\nJ!j",
    b"YWJj=", b"YWJj==", b"YWI=YWI=", "é", b"YWI=\n", b"Y=", b"Y==", b"YWJ=j", b"YQ==YQ==", b"A===", b"AB=C", b"AB==C",
    b"\xff", b"YWJjY", b"=YWJj", b"YW==Jj", b"AA=A=", b"YQ===", 5,
]:
    tried(binascii.a2b_base64, text)
    tried(binascii.a2b_base64, text, strict_mode=True)
for text in b"6162", "6162", b"616", b"6g", b"", bytearray(b"6A6b"), "é1", " 61", None:
    tried(binascii.unhexlify, text)
    tried(binascii.a2b_hex, text)
for args in [
    (b"abcdef", ":"), (b"abcdef", ":", 2), (b"abcdef", b"-", -2), (b"abcdef", ":", 0), (b"abcdef", "::"),
    (b"abcdef", "", 1), (b"abcdef", 5), (b"abcdef", ":", 100), (b"abcdefg", "_", 4), (b"abcdefg", "_", -4), ("a",), (1,),
]:
    tried(binascii.hexlify, *args)
tried(binascii.hexlify, data=b"ab", sep=":", bytes_per_sep=1)
tried(binascii.b2a_base64, "a")
tried(binascii.b2a_base64)
tried(binascii.crc32)
tried(binascii.crc32, b"a", -1)
tried(binascii.crc32, b"a", 2**40)
tried(binascii.crc_hqx, b"a")
tried(binascii.crc_hqx, b"a", -1)
tried(binascii.b2a_uu, b"a" * 45)
tried(binascii.b2a_uu, b"a" * 46)
for line in [
    b"#86)C\n", b"#86)C", b"", b" \n", b"#8", b"-:&5L;&\\@=V]R;&0 \n", b"\x80", b"#86)C!!!!", b"!\n", b'"86(\n',
    b"#86)C   \n", "#86)C\n", b"#86)Cx\n", b"`\n", b"#8\xff)C",
]:
    tried(binascii.a2b_uu, line)
