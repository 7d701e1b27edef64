//! Codecs between `str` and `bytes`, and what they do with what they cannot translate.

mod charmap_table;
mod decode;
mod encode;
pub mod escape;
mod utf7;
pub mod work;

use super::Str;
use super::repr::hex_escape;

use charmap_table::CHARMAPS;
pub use decode::{by_mark, decode, decode_one};
pub use encode::encode;

/// Which byte of a unit comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// As a byte order mark says, else the one of least worth; written with a mark.
    Marked,
    /// The one of least worth.
    Little,
    /// The one of greatest worth.
    Big,
}

impl Order {
    /// Whether these bytes of UTF-16 begin with the first of two surrogates.
    pub fn is_first_of_two(self, bytes: &[u8]) -> bool {
        let high = if self == Self::Big { bytes.first() } else { bytes.get(1) };
        bytes.len() >= 2 && matches!(high, Some(0xD8..=0xDB))
    }
}

/// A codec.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Codec {
    /// UTF-8.
    Utf8,
    /// UTF-8 with a byte order mark, which tells nothing but that it is UTF-8.
    Utf8Signed,
    /// ASCII.
    Ascii,
    /// ISO 8859-1: the first 256 code points.
    Latin1,
    /// One byte a character: the codec of this number in the table.
    Charmap(u8),
    /// UTF-16.
    Utf16(Order),
    /// UTF-32.
    Utf32(Order),
}

impl Codec {
    /// The codec of a name as programs write it, or nothing where it is none of these.
    pub fn named(name: &str) -> Option<Self> {
        Some(match normalized(name).as_str() {
            "utf_8" | "u8" | "utf" | "utf8" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Self::Utf8,
            "utf_8_sig" => Self::Utf8Signed,
            "ascii" | "646" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "ansi_x3.4_1986" | "cp367"
            | "csascii" | "ibm367" | "iso646_us" | "iso_646.irv_1991" | "iso_ir_6" | "us" | "us_ascii" => {
                Self::Ascii
            }
            "latin_1" | "8859" | "cp819" | "csisolatin1" | "ibm819" | "iso8859" | "iso8859_1"
            | "iso_8859_1" | "iso_8859_1_1987" | "iso_ir_100" | "l1" | "latin" | "latin1" => Self::Latin1,
            "utf_16" | "u16" | "utf16" => Self::Utf16(Order::Marked),
            "utf_16_le" | "unicodelittleunmarked" | "utf_16le" => Self::Utf16(Order::Little),
            "utf_16_be" | "unicodebigunmarked" | "utf_16be" => Self::Utf16(Order::Big),
            "utf_32" | "u32" | "utf32" => Self::Utf32(Order::Marked),
            "utf_32_le" | "utf_32le" => Self::Utf32(Order::Little),
            "utf_32_be" | "utf_32be" => Self::Utf32(Order::Big),
            name => {
                let place = CHARMAPS.iter().position(|(names, _)| names.contains(&name))?;
                Self::Charmap(place as u8)
            }
        })
    }

    /// A name by which [`Codec::named`] finds it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::Charmap(place) => CHARMAPS[usize::from(place)].0[0],
            Self::Utf8Signed => "utf-8-sig",
            Self::Utf8 | Self::Ascii | Self::Latin1 | Self::Utf16(_) | Self::Utf32(_) => self.name(),
        }
    }

    /// How many bytes it reads at a time.
    pub const fn unit_width(self) -> usize {
        match self {
            Self::Utf8 | Self::Utf8Signed | Self::Ascii | Self::Latin1 | Self::Charmap(_) => 1,
            Self::Utf16(_) => 2,
            Self::Utf32(_) => 4,
        }
    }

    /// Whether what it reads at a time is this character of ASCII.
    pub fn is_unit(self, unit: &[u8], char: u8) -> bool {
        let least = match self {
            Self::Utf16(Order::Big) | Self::Utf32(Order::Big) => unit.last(),
            _ => unit.first(),
        };
        least == Some(&char) && unit.iter().filter(|byte| **byte != 0).count() == 1
    }

    /// The codec of what stands behind a mark, for one that writes a mark at the beginning and looks for one there.
    pub const fn behind_mark(self) -> Option<Self> {
        match self {
            Self::Utf8Signed => Some(Self::Utf8),
            Self::Utf16(Order::Marked) => Some(Self::Utf16(Order::Little)),
            Self::Utf32(Order::Marked) => Some(Self::Utf32(Order::Little)),
            Self::Utf8 | Self::Ascii | Self::Latin1 | Self::Charmap(_) | Self::Utf16(_) | Self::Utf32(_) => {
                None
            }
        }
    }

    /// The name that errors give it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8Signed => "utf-8",
            Self::Ascii => "ascii",
            Self::Latin1 => "latin-1",
            Self::Charmap(_) => "charmap",
            Self::Utf16(Order::Marked) => "utf-16",
            Self::Utf16(Order::Little) => "utf-16-le",
            Self::Utf16(Order::Big) => "utf-16-be",
            Self::Utf32(Order::Marked) => "utf-32",
            Self::Utf32(Order::Little) => "utf-32-le",
            Self::Utf32(Order::Big) => "utf-32-be",
        }
    }
}

/// What stands in a table for a byte that means nothing.
const NOTHING: char = '\u{fffe}';

/// The character of a byte from 128 on, in the codec of this number.
fn charmap_char(place: u8, byte: u8) -> Option<u32> {
    let upper = CHARMAPS[usize::from(place)].1;
    upper.chars().nth(usize::from(byte) - 128).filter(|char| *char != NOTHING).map(u32::from)
}

/// The byte of a character behind ASCII, in the codec of this number.
fn charmap_byte(place: u8, point: u32) -> Option<u8> {
    let upper = CHARMAPS[usize::from(place)].1;
    let index = upper.chars().position(|char| u32::from(char) == point && char != NOTHING)?;
    Some(index as u8 + 128)
}

/// Whether CPython's library has a codec of that name that does not go from text to bytes.
pub fn is_no_text(name: &str) -> bool {
    const NAMES: [&str; 18] = [
        "base64",
        "base_64",
        "base64_codec",
        "bz2",
        "bz2_codec",
        "hex",
        "hex_codec",
        "quopri",
        "quopri_codec",
        "quoted_printable",
        "quotedprintable",
        "rot13",
        "rot_13",
        "uu",
        "uu_codec",
        "zip",
        "zlib",
        "zlib_codec",
    ];
    NAMES.contains(&name.to_lowercase().replace(['-', ' '], "_").as_str())
}

/// Whether CPython's library has a codec of that name that is none of [`Codec`].
pub fn is_elsewhere(name: &str) -> bool {
    /// Code pages whose first 128 characters are not those of ASCII, or that take two bytes for some.
    const PAGES: &[&str] = &["037", "273", "424", "500", "864", "875", "932", "949", "950", "1026", "1140"];
    const FAMILIES: &[&str] = &[
        "base64",
        "big5",
        "bz2",
        "charmap",
        "euc",
        "gb",
        "hex",
        "hp_roman8",
        "hz",
        "idna",
        "iso2022",
        "iso8859",
        "iso_8859",
        "johab",
        "koi8",
        "kz1048",
        "mac",
        "palmos",
        "ptcp154",
        "punycode",
        "quopri",
        "quoted_printable",
        "rot13",
        "rot_13",
        "shift_jis",
        "sjis",
        "tis_620",
        "utf_7",
        "uu",
        "windows_12",
        "zlib",
    ];
    let name = normalized(name);
    let is_page = |page| PAGES.contains(&page);
    name.strip_prefix("cp").is_some_and(is_page) || FAMILIES.iter().any(|family| name.starts_with(family))
}

/// The name in lower case, with one underscore for every run of what is no letter, digit or dot.
pub fn normalized(name: &str) -> String {
    let mut normalized = String::with_capacity(name.len());
    let mut gap = false;
    for char in name.chars() {
        if char.is_alphanumeric() || char == '.' {
            if gap && !normalized.is_empty() {
                normalized.push('_');
            }
            if char.is_ascii() {
                normalized.push(char.to_ascii_lowercase());
            }
            gap = false;
        } else {
            gap = true;
        }
    }
    normalized
}

/// What is done where a codec cannot go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handler {
    /// An error.
    Strict,
    /// Leave it out.
    Ignore,
    /// "?" when encoding, U+FFFD when decoding.
    Replace,
    /// An escape as in a literal.
    BackslashReplace,
    /// Bytes that are no text as lone surrogates U+DC80 to U+DCFF, and back.
    SurrogateEscape,
    /// Surrogates as any other code point, by the codecs of Unicode.
    SurrogatePass,
    /// A character reference of XML; only when encoding.
    XmlCharRefReplace,
    /// The name of the character in an escape; only when encoding.
    NameReplace,
}

impl Handler {
    /// The handler of that name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "strict" => Self::Strict,
            "ignore" => Self::Ignore,
            "replace" => Self::Replace,
            "backslashreplace" => Self::BackslashReplace,
            "surrogateescape" => Self::SurrogateEscape,
            "surrogatepass" => Self::SurrogatePass,
            "xmlcharrefreplace" => Self::XmlCharRefReplace,
            "namereplace" => Self::NameReplace,
            _ => return None,
        })
    }
}

/// What a UnicodeEncodeError or a UnicodeDecodeError is made of, but for the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodecError {
    /// The codec's name.
    pub encoding: &'static str,
    /// The index of the first code point or byte that does not go.
    pub start: usize,
    /// The index behind the last one.
    pub end: usize,
    /// Why.
    pub reason: &'static str,
}

/// Why a text was not encoded, or bytes not decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A UnicodeEncodeError or UnicodeDecodeError.
    Unicode(CodecError),
    /// The handler is not for decoding: a TypeError with the text [`NOT_FOR_DECODING`].
    NotForDecoding,
    /// The result would be too long: a MemoryError.
    TooLong,
}

/// What a handler that only encodes says when it is to decode.
pub const NOT_FOR_DECODING: &str = "don't know how to handle UnicodeDecodeError in error callback";

/// `str()` of a UnicodeEncodeError with these attributes.
pub fn encode_message(encoding: &str, object: &Str, start: usize, end: usize, reason: &str) -> String {
    match object.get(start) {
        Some(point) if end == start + 1 => {
            let point = hex_escape(point);
            format!("'{encoding}' codec can't encode character '{point}' in position {start}: {reason}")
        }
        _ => {
            let last = end.saturating_sub(1);
            format!("'{encoding}' codec can't encode characters in position {start}-{last}: {reason}")
        }
    }
}

/// `str()` of a UnicodeDecodeError with these attributes.
pub fn decode_message(encoding: &str, object: &[u8], start: usize, end: usize, reason: &str) -> String {
    match object.get(start) {
        Some(byte) if end == start + 1 => {
            format!("'{encoding}' codec can't decode byte 0x{byte:02x} in position {start}: {reason}")
        }
        _ => {
            let last = end.saturating_sub(1);
            format!("'{encoding}' codec can't decode bytes in position {start}-{last}: {reason}")
        }
    }
}
