//! Which encoding a source declares (PEP 263), and text from bytes in it.
//!
//! An encoding is only on the list when its characters are those of CPython's codec of that name.  Of the
//! encodings with two bytes a character, some take a few bytes that stand for nothing in CPython.

use encoding_rs::{
    EUC_JP, EUC_KR, Encoding, GBK, IBM866, ISO_8859_2, ISO_8859_3, ISO_8859_4, ISO_8859_5, ISO_8859_6,
    ISO_8859_7, ISO_8859_8, ISO_8859_10, ISO_8859_13, ISO_8859_14, ISO_8859_15, ISO_8859_16, KOI8_R,
    MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254,
    WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

/// What the first two lines say about the encoding.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Declared {
    /// There is no cookie.
    Nothing,
    /// UTF-8, under one of its names.
    Utf8,
    /// Something else.
    Other {
        /// Its name, as CPython spells it in messages.
        name: String,
        /// The line of the cookie: 0 or 1.
        line: usize,
    },
}

/// Looks for the cookie in the first two lines of `bytes`.
pub(super) fn declared(bytes: &[u8]) -> Declared {
    let mut rest = bytes;
    for line in 0..2 {
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let text = &rest[..end];
        if let Some(name) = cookie(text) {
            let name = normal_name(name);
            return if name == "utf-8" { Declared::Utf8 } else { Declared::Other { name, line } };
        }
        if !may_precede_cookie(text) {
            break;
        }
        rest = &rest[end..];
        rest = rest.strip_prefix(b"\r\n").or(rest.get(1..)).unwrap_or_default();
    }
    Declared::Nothing
}

/// Whether a cookie may stand on the line after `line`: it holds white space and a comment at most.
pub(super) fn may_precede_cookie(line: &[u8]) -> bool {
    let first = line.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c'));
    matches!(first, None | Some(b'#'))
}

/// The name in a comment line such as `# -*- coding: NAME -*-`.
fn cookie(line: &[u8]) -> Option<&[u8]> {
    let comment = line.iter().position(|&byte| byte == b'#')?;
    if !may_precede_cookie(line) {
        return None;
    }
    let mut rest = &line[comment..];
    while let Some(at) = rest.windows(6).position(|window| window == b"coding") {
        rest = &rest[at + 6..];
        let Some((b':' | b'=', value)) = rest.split_first() else { continue };
        let blank = value.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let value = &value[blank..];
        let part = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        let width = value.iter().take_while(part).count();
        if width > 0 {
            return Some(&value[..width]);
        }
    }
    None
}

/// CPython's spelling of the two encodings it knows by heart; any other name stays as it is.
fn normal_name(name: &[u8]) -> String {
    let written = String::from_utf8_lossy(name).into_owned();
    // CPython looks at the first twelve characters.
    let short: String = written
        .chars()
        .take(12)
        .map(|char| if char == '_' { '-' } else { char.to_ascii_lowercase() })
        .collect();
    let is =
        |known: &str| short.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    if is("utf-8") {
        "utf-8".into()
    } else if ["latin-1", "iso-8859-1", "iso-latin-1"].into_iter().any(is) {
        "iso-8859-1".into()
    } else {
        written
    }
}

/// How the bytes of an encoding become text.
#[derive(Clone, Copy)]
enum Codec {
    Utf8,
    Ascii,
    Latin1,
    /// One byte a character; what the Encoding Standard maps to C1 controls is undefined in CPython.
    Windows(&'static Encoding),
    /// One byte a character.
    Charmap(&'static Encoding),
    /// One byte or more a character.
    Multibyte(&'static Encoding),
    /// The same, but six characters are those of JIS and not those of Windows.
    Japanese(&'static Encoding),
}

/// CPython's codecs: the name in messages, how to decode, and the other names (`encodings.aliases`).
#[rustfmt::skip]
const CODECS: &[(&str, Codec, &[&str])] = &[
    ("utf-8", Codec::Utf8, &["cp65001", "u8", "utf", "utf8", "utf8_ucs2", "utf8_ucs4"]),
    ("ascii", Codec::Ascii, &["646", "ansi_x3.4_1968", "ansi_x3.4_1986", "ansi_x3_4_1968", "cp367", "csascii",
        "ibm367", "iso646_us", "iso_646.irv_1991", "iso_ir_6", "us", "us_ascii"]),
    ("latin_1", Codec::Latin1, &["8859", "cp819", "csisolatin1", "ibm819", "iso8859", "iso8859_1", "iso_8859_1",
        "iso_8859_1_1987", "iso_ir_100", "l1", "latin", "latin1"]),
    ("cp1250", Codec::Windows(WINDOWS_1250), &["1250", "windows_1250"]),
    ("cp1251", Codec::Windows(WINDOWS_1251), &["1251", "windows_1251"]),
    ("cp1252", Codec::Windows(WINDOWS_1252), &["1252", "windows_1252"]),
    ("cp1253", Codec::Windows(WINDOWS_1253), &["1253", "windows_1253"]),
    ("cp1254", Codec::Windows(WINDOWS_1254), &["1254", "windows_1254"]),
    ("cp1255", Codec::Windows(WINDOWS_1255), &["1255", "windows_1255"]),
    ("cp1256", Codec::Windows(WINDOWS_1256), &["1256", "windows_1256"]),
    ("cp1257", Codec::Windows(WINDOWS_1257), &["1257", "windows_1257"]),
    ("cp1258", Codec::Windows(WINDOWS_1258), &["1258", "windows_1258"]),
    ("cp874", Codec::Windows(WINDOWS_874), &["874", "ms874", "windows_874"]),
    ("cp866", Codec::Charmap(IBM866), &["866", "csibm866", "ibm866"]),
    ("iso8859_2", Codec::Charmap(ISO_8859_2), &["csisolatin2", "iso_8859_2", "iso_8859_2_1987", "iso_ir_101",
        "l2", "latin2"]),
    ("iso8859_3", Codec::Charmap(ISO_8859_3), &["csisolatin3", "iso_8859_3", "iso_8859_3_1988", "iso_ir_109",
        "l3", "latin3"]),
    ("iso8859_4", Codec::Charmap(ISO_8859_4), &["csisolatin4", "iso_8859_4", "iso_8859_4_1988", "iso_ir_110",
        "l4", "latin4"]),
    ("iso8859_5", Codec::Charmap(ISO_8859_5), &["csisolatincyrillic", "cyrillic", "iso_8859_5",
        "iso_8859_5_1988", "iso_ir_144"]),
    ("iso8859_6", Codec::Charmap(ISO_8859_6), &["arabic", "asmo_708", "csisolatinarabic", "ecma_114",
        "iso_8859_6", "iso_8859_6_1987", "iso_ir_127"]),
    ("iso8859_7", Codec::Charmap(ISO_8859_7), &["csisolatingreek", "ecma_118", "elot_928", "greek", "greek8",
        "iso_8859_7", "iso_8859_7_1987", "iso_ir_126"]),
    ("iso8859_8", Codec::Charmap(ISO_8859_8), &["csisolatinhebrew", "hebrew", "iso_8859_8", "iso_8859_8_1988",
        "iso_8859_8_e", "iso_8859_8_i", "iso_ir_138"]),
    ("iso8859_10", Codec::Charmap(ISO_8859_10), &["csisolatin6", "iso_8859_10", "iso_8859_10_1992",
        "iso_ir_157", "l6", "latin6"]),
    ("iso8859_13", Codec::Charmap(ISO_8859_13), &["iso_8859_13", "l7", "latin7"]),
    ("iso8859_14", Codec::Charmap(ISO_8859_14), &["iso_8859_14", "iso_8859_14_1998", "iso_celtic",
        "iso_ir_199", "l8", "latin8"]),
    ("iso8859_15", Codec::Charmap(ISO_8859_15), &["iso_8859_15", "l9", "latin9"]),
    ("iso8859_16", Codec::Charmap(ISO_8859_16), &["iso_8859_16", "iso_8859_16_2001", "iso_ir_226", "l10",
        "latin10"]),
    ("koi8_r", Codec::Charmap(KOI8_R), &["cskoi8r"]),
    ("mac_roman", Codec::Charmap(MACINTOSH), &["macintosh", "macroman"]),
    ("mac_cyrillic", Codec::Charmap(X_MAC_CYRILLIC), &["maccyrillic"]),
    ("gbk", Codec::Multibyte(GBK), &["936", "cp936", "ms936"]),
    ("euc_jp", Codec::Japanese(EUC_JP), &["eucjp", "u_jis", "ujis"]),
    ("cp932", Codec::Multibyte(SHIFT_JIS), &["932", "ms932", "ms_kanji", "mskanji", "windows_31j"]),
    ("shift_jis", Codec::Japanese(SHIFT_JIS), &["csshiftjis", "s_jis", "shiftjis", "sjis", "x_mac_japanese"]),
    ("cp949", Codec::Multibyte(EUC_KR), &["949", "ms949", "uhc"]),
    ("euc_kr", Codec::Multibyte(EUC_KR), &["cseuckr", "euckr", "korean", "ks_c_5601", "ks_c_5601_1987",
        "ks_x_1001", "ksc5601", "ksx1001", "x_mac_korean"]),
];

/// Codecs that CPython has and this module has not.
#[rustfmt::skip]
const MISSING: &[&str] = &[
    "big5", "big5hkscs", "cp950", "gb18030", "charmap", "cp037", "cp1006", "cp1026", "cp1125", "cp1140", "cp273", "cp424", "cp437", "cp500",
    "cp720", "cp737", "cp775", "cp850", "cp852", "cp855", "cp856", "cp857", "cp858", "cp860", "cp861", "cp862",
    "cp863", "cp864", "cp865", "cp869", "cp875", "euc_jis_2004", "euc_jisx0213", "gb2312", "hp_roman8", "hz",
    "idna", "iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext",
    "iso2022_kr", "iso8859_11", "iso8859_9", "iso_8859_9", "johab", "koi8_t", "koi8_u", "kz1048", "latin5",
    "mac_arabic", "mac_croatian", "mac_farsi", "mac_greek", "mac_iceland", "mac_latin2", "mac_romanian",
    "mac_turkish", "palmos", "ptcp154", "punycode", "raw_unicode_escape", "shift_jis_2004", "shift_jisx0213",
    "tis_620", "undefined", "unicode_escape", "utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be",
    "utf_32_le", "utf_7", "utf16", "utf32", "utf7",
];

/// Decodes `bytes`, which declare themselves to be in the encoding `name`.
///
/// `origin` is where CPython begins to count the position in its message.  Fails with that message.
pub(super) fn decode(name: &str, bytes: &[u8], origin: usize) -> Result<String, String> {
    let key = codec_key(name);
    let known = CODECS.iter().find(|(own, _, others)| *own == key || others.contains(&key.as_str()));
    let Some(&(own, codec, _)) = known else {
        return Err(if MISSING.contains(&key.as_str()) {
            format!("source files encoded in {name} are not supported yet")
        } else {
            format!("unknown encoding: {name}")
        });
    };
    let failed = |at: usize, codec: &str, why: &str| {
        let position = position_in_chunk(at, origin);
        format!("'{codec}' codec can't decode byte 0x{:02x} in position {position}: {why}", bytes[at])
    };
    match codec {
        Codec::Utf8 => str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
            let bad = error.valid_up_to();
            let width = error.error_len().unwrap_or(bytes.len() - bad);
            utf8_message(&bytes[bad..], position_in_chunk(bad, origin), width)
        }),
        Codec::Latin1 => Ok(bytes.iter().copied().map(char::from).collect()),
        Codec::Ascii => match bytes.iter().position(|byte| !byte.is_ascii()) {
            Some(at) => Err(failed(at, own, "ordinal not in range(128)")),
            None => Ok(bytes.iter().copied().map(char::from).collect()),
        },
        Codec::Windows(encoding) => {
            let c1 = |char: char| ('\u{80}'..'\u{a0}').contains(&char);
            charmap(encoding, bytes, c1).map_err(|at| failed(at, "charmap", "character maps to <undefined>"))
        }
        Codec::Charmap(encoding) => charmap(encoding, bytes, |_| false)
            .map_err(|at| failed(at, "charmap", "character maps to <undefined>")),
        Codec::Multibyte(encoding) => {
            multibyte(encoding, bytes).map_err(|at| failed(at, own, "illegal multibyte sequence"))
        }
        Codec::Japanese(encoding) => multibyte(encoding, bytes)
            .map(|text| text.chars().map(jis).collect())
            .map_err(|at| failed(at, own, "illegal multibyte sequence")),
    }
}

/// A codec's name as the codec registry looks for it.
fn codec_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for char in name.chars() {
        if char.is_ascii_alphanumeric() || char == '.' {
            key.push(char.to_ascii_lowercase());
        } else if !key.ends_with('_') && !key.is_empty() {
            key.push('_');
        }
    }
    key
}

/// CPython decodes 8,192 bytes at a time, and counts from the first of them.
fn position_in_chunk(at: usize, origin: usize) -> usize {
    const CHUNK: usize = 8192;
    at.checked_sub(origin).map_or(at, |behind| behind % CHUNK)
}

/// Decodes bytes of which each is a character; fails with the index of the first that is none.
fn charmap(encoding: &'static Encoding, bytes: &[u8], undefined: fn(char) -> bool) -> Result<String, usize> {
    let mut table = [None; 256];
    for (byte, slot) in (0_u8..=255).zip(&mut table) {
        let text = encoding
            .decode_without_bom_handling_and_without_replacement(std::slice::from_ref(&byte))
            .map(String::from);
        *slot = text.and_then(|text| text.chars().next()).filter(|&char| !undefined(char));
    }
    let decoded = bytes.iter().enumerate().map(|(at, &byte)| table[usize::from(byte)].ok_or(at));
    decoded.collect()
}

/// Decodes `bytes`; fails with the index of the first that is not part of a character.
fn multibyte(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, usize> {
    use encoding_rs::DecoderResult;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).ok_or(0_usize)?;
    let mut text = String::with_capacity(room);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (DecoderResult::OutputFull, read) => Err(read),
        (DecoderResult::Malformed(width, behind), read) => {
            Err(read.saturating_sub(usize::from(width) + usize::from(behind)))
        }
    }
}

/// The character of JIS for one that the Encoding Standard takes from Windows.
fn jis(char: char) -> char {
    match char {
        '～' => '〜',
        '∥' => '‖',
        '－' => '−',
        '￠' => '¢',
        '￡' => '£',
        '￢' => '¬',
        other => other,
    }
}

/// What CPython's UTF-8 decoder says of `bytes`, which begin with `width` bytes that are no character;
/// they stand at `position` of their line.
pub(super) fn utf8_message(bytes: &[u8], position: usize, width: usize) -> String {
    let first = bytes[0];
    let why = if matches!(first, 0xc2..=0xf4) { "invalid continuation byte" } else { "invalid start byte" };
    if width == 1 {
        format!("'utf-8' codec can't decode byte 0x{first:02x} in position {position}: {why}")
    } else {
        let last = position + width - 1;
        format!("'utf-8' codec can't decode bytes in position {position}-{last}: {why}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Declared {
        declared(text.as_bytes())
    }

    fn other(name: &str, line: usize) -> Declared {
        Declared::Other { name: name.into(), line }
    }

    #[test]
    fn cookies_are_found_where_cpython_finds_them() {
        assert_eq!(name("# vim: set fileencoding=utf-8-sig :\n"), Declared::Utf8);
        assert_eq!(name("# coding: UTF_8_foo\n"), Declared::Utf8);
        assert_eq!(name("# coding: Latin_1\n"), other("iso-8859-1", 0));
        assert_eq!(name("\n#\tcoding: foo\nx=1"), other("foo", 1));
        assert_eq!(name("\r\n# coding: foo\r\n"), other("foo", 1));
        assert_eq!(name(" \x0c# coding=foo-bar.x\n"), other("foo-bar.x", 0));
        for none in [
            "x=1\n# coding: foo",
            "\n\n# coding: foo",
            "\"\"\"\n# coding: foo\n\"\"\"",
            "# encoding : foo",
            "",
        ] {
            assert_eq!(name(none), Declared::Nothing, "{none:?}");
        }
    }

    #[test]
    fn bytes_become_the_characters_of_cpythons_codecs() {
        for (encoding, bytes, text) in [
            ("iso-8859-1", &b"\xe9\x85"[..], "é\u{85}"),
            ("UTF8", "é".as_bytes(), "é"),
            ("windows-1252", b"\x80", "€"),
            ("ISO_8859-15", b"\xa4", "€"),
            ("koi8-r", b"\xc1", "а"),
            ("gbk", b"\xc4\xe3", "你"),
            ("shift-jis", b"\x81\x60\x83\x65", "〜テ"),
            ("cp932", b"\x81\x60", "～"),
            ("euc-jp", b"\xa1\xdd", "−"),
        ] {
            assert_eq!(decode(encoding, bytes, 0).as_deref(), Ok(text), "{encoding}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_in_cpythons_words() {
        for (encoding, bytes, message) in [
            (
                "ascii",
                &b"ab\xff"[..],
                "'ascii' codec can't decode byte 0xff in position 2: ordinal not in range(128)",
            ),
            (
                "cp1252",
                b"\x81",
                "'charmap' codec can't decode byte 0x81 in position 0: character maps to <undefined>",
            ),
            (
                "shift_jis",
                b"a\x81",
                "'shift_jis' codec can't decode byte 0x81 in position 1: illegal multibyte sequence",
            ),
            ("nonsense", b"", "unknown encoding: nonsense"),
            ("utf-7", b"", "source files encoded in utf-7 are not supported yet"),
        ] {
            assert_eq!(decode(encoding, bytes, 0).unwrap_err(), message, "{encoding}");
        }
    }
}
