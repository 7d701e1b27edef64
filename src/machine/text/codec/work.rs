//! Encoding and decoding that stop where a codec cannot go on and are told how to: what [`encode`](super::encode) and
//! [`decode`](super::decode) do with handlers of their own, for handlers that somebody else has.

use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use super::super::repr::hex_escape;
use super::super::{MAX_LENGTH, Str, StrBuilder};
use super::decode::{self, by_mark};
use super::encode::{can, put, reason};
use super::escape;
use super::utf7;
use super::{Codec, Failure};

/// The bytes of characters, or that there are none.
pub type EncodingTable = BTreeMap<u32, Option<Rc<[u8]>>>;

/// A codec, or what is one for programs alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// One of those that files may have.
    Plain(Codec),
    /// Escapes as in the literal of a str; what is none stands for the first 256 code points.
    UnicodeEscape,
    /// The same with `\u` and `\U` alone.
    RawUnicodeEscape,
    /// UTF-7.
    Utf7,
    /// Bytes of characters: a table of the program's own, of what there is a need for.
    EncodingMap(EncodingTable),
    /// Texts of bytes.
    DecodingMap(BTreeMap<u8, Option<Str>>),
}

impl Form {
    /// The codec of a name as programs write it.
    pub fn named(name: &str) -> Option<Self> {
        match super::normalized(name).as_str() {
            "unicode_escape" | "unicodeescape" => Some(Self::UnicodeEscape),
            "raw_unicode_escape" | "rawunicodeescape" => Some(Self::RawUnicodeEscape),
            "utf_7" | "utf7" | "u7" | "unicode_1_1_utf_7" | "csunicode11utf7" => Some(Self::Utf7),
            _ => Codec::named(name).map(Self::Plain),
        }
    }

    /// The name that errors give it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Plain(codec) => codec.name(),
            Self::UnicodeEscape => "unicodeescape",
            Self::RawUnicodeEscape => "rawunicodeescape",
            Self::Utf7 => "utf7",
            Self::EncodingMap(_) | Self::DecodingMap(_) => "charmap",
        }
    }
}

/// What a codec cannot translate, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The indexes of the code points or bytes.
    pub range: Range<usize>,
    /// Why.
    pub reason: &'static str,
}

/// Decoding under way.
#[derive(Clone, Debug, Hash)]
pub struct Decoding {
    form: Form,
    /// The byte at which it goes on.
    pub at: usize,
    /// What has been decoded.
    pub out: StrBuilder,
    /// Whether no bytes follow, so that what begins and does not end is wrong.
    ended: bool,
    /// Where an escape stands that means nothing: CPython warns of the first one.
    pub strange: Option<usize>,
}

impl Decoding {
    /// At the beginning of these bytes.
    pub fn new(form: Form, bytes: &[u8], ended: bool) -> Self {
        let (mut form, mut at) = (form, 0);
        if let Form::Plain(codec) = form
            && codec.behind_mark().is_some()
        {
            let (codec, start) = by_mark(bytes, codec);
            (form, at) = (Form::Plain(codec), start);
        }
        Self { form, at, out: StrBuilder::with_capacity(bytes.len()), ended, strange: None }
    }

    /// The codec, with the order of bytes that a mark told.
    pub const fn form(&self) -> &Form {
        &self.form
    }

    /// Goes on to the end, or to bytes that are no text.  Where more bytes may follow, it ends before what they may
    /// go on with.
    pub fn run(&mut self, bytes: &[u8]) -> Result<Option<Stop>, Failure> {
        if self.at >= bytes.len() {
            return Ok(None);
        }
        if self.out.len() > MAX_LENGTH {
            return Err(Failure::TooLong);
        }
        let (at, out) = (&mut self.at, &mut self.out);
        let stop = match &self.form {
            Form::Plain(codec) => decode::until_stop(bytes, at, *codec, out),
            Form::UnicodeEscape => escape::decode(bytes, at, out, &mut self.strange),
            Form::RawUnicodeEscape => escape::decode_raw(bytes, at, out),
            Form::Utf7 => utf7::decode(bytes, at, out, self.ended),
            Form::DecodingMap(table) => {
                let found = bytes[*at..].iter().take_while(|byte| {
                    let text = table.get(*byte).and_then(Option::as_ref);
                    text.inspect(|text| out.push_str(text)).is_some()
                });
                *at += found.count();
                (*at < bytes.len()).then(|| (*at..*at + 1, "character maps to <undefined>"))
            }
            Form::EncodingMap(_) => panic!("this table is for encoding"),
        };
        let Some((range, reason)) = stop else { return Ok(None) };
        let may_go_on = range.end == bytes.len()
            && (matches!(reason, "unexpected end of data" | "truncated data" | "\\ at end of string")
                || reason.starts_with("truncated \\"))
            || self.form == Form::Plain(Codec::Utf8) && is_cut_surrogate(&bytes[range.start..]);
        if may_go_on && !self.ended {
            self.at = range.start;
            return Ok(None);
        }
        Ok(Some(Stop { range, reason }))
    }
}

/// Whether these are the first two bytes of a surrogate in UTF-8, which a handler may want whole.
const fn is_cut_surrogate(bytes: &[u8]) -> bool {
    matches!(bytes, [0xED, 0xA0..=0xBF])
}

/// Encoding under way.
#[derive(Clone, Debug, Hash)]
pub struct Encoding {
    form: Form,
    /// The code point at which it goes on.
    pub at: usize,
    /// What has been encoded.
    pub out: Vec<u8>,
}

impl Encoding {
    /// At the beginning of a text.
    pub fn new(form: Form) -> Self {
        let mut out = Vec::new();
        if let Form::Plain(codec) = form
            && codec.behind_mark().is_some()
        {
            put(&mut out, 0xFEFF, codec);
        }
        Self { form, at: 0, out }
    }

    /// Goes on to the end, or to characters that the codec has no form for.
    pub fn run(&mut self, points: &[u32]) -> Result<Option<Stop>, Failure> {
        if self.form == Form::Utf7 {
            utf7::encode(&points[self.at..], &mut self.out);
            self.at = points.len();
        }
        while let Some(&point) = points.get(self.at) {
            if self.out.len() > MAX_LENGTH {
                return Err(Failure::TooLong);
            }
            if self.put(point) {
                self.at += 1;
                continue;
            }
            let wide = matches!(self.form, Form::Plain(Codec::Utf16(_) | Codec::Utf32(_)));
            let run = points[self.at..].iter().take_while(|point| !self.can(**point)).count();
            let range = self.at..self.at + if wide { 1 } else { run };
            let reason = match self.form {
                Form::Plain(codec) => reason(codec),
                _ => "character maps to <undefined>",
            };
            return Ok(Some(Stop { range, reason }));
        }
        Ok(None)
    }

    fn can(&self, point: u32) -> bool {
        match &self.form {
            Form::Plain(codec) => can(point, *codec),
            Form::EncodingMap(table) => matches!(table.get(&point), Some(Some(_))),
            Form::UnicodeEscape | Form::RawUnicodeEscape | Form::Utf7 | Form::DecodingMap(_) => true,
        }
    }

    /// Appends a character; whether there is a form for it.
    fn put(&mut self, point: u32) -> bool {
        if !self.can(point) {
            return false;
        }
        match &self.form {
            Form::Plain(codec) => put(&mut self.out, point, *codec),
            Form::UnicodeEscape => escape::encode(point, &mut self.out),
            Form::RawUnicodeEscape if point < 0x100 => self.out.push(point as u8),
            Form::RawUnicodeEscape => self.out.extend_from_slice(hex_escape(point).as_bytes()),
            Form::EncodingMap(table) => {
                self.out.extend_from_slice(table.get(&point).and_then(Option::as_deref).unwrap_or_default());
            }
            Form::Utf7 => utf7::encode(&[point], &mut self.out),
            Form::DecodingMap(_) => panic!("this table is for decoding"),
        }
        true
    }

    /// What the table has to know of these characters is added to it.
    pub fn learn(&mut self, known: EncodingTable) {
        if let Form::EncodingMap(table) = &mut self.form {
            table.extend(known);
        }
    }

    /// Appends a text that a handler gave; whether the codec has a form for all of it.
    pub fn replace(&mut self, text: &Str) -> bool {
        let unicode = matches!(
            self.form,
            Form::Plain(Codec::Utf8 | Codec::Utf8Signed | Codec::Utf16(_) | Codec::Utf32(_))
        );
        // These do not encode what they are given instead: it must be ASCII.
        if unicode && !text.is_ascii() {
            return false;
        }
        text.points().all(|point| self.put(point))
    }

    /// Appends bytes that a handler gave; whether they are whole units.
    pub fn replace_with_bytes(&mut self, bytes: &[u8]) -> bool {
        let width = match self.form {
            Form::Plain(Codec::Utf16(_)) => 2,
            Form::Plain(Codec::Utf32(_)) => 4,
            _ => 1,
        };
        let whole = bytes.len().is_multiple_of(width);
        if whole {
            self.out.extend_from_slice(bytes);
        }
        whole
    }
}
