//! What a format says: which fields there are, where each lies, and how it is coded.

use super::super::super::buffer::item::{Code, Kind};
use super::super::super::number::int::ByteOrder;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Content {
    /// Nothing: room of so many bytes.
    Pad(usize),
    /// Bytes in a field of so many.
    Bytes(usize),
    /// Bytes behind their number, in a field of so many with that.
    Pascal(usize),
    /// So many numbers, truths or characters, one behind the other.
    Items(Code, usize),
}

/// One letter of a format with the number in front of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// The letter.
    pub letter: u8,
    /// Where it begins.
    pub offset: usize,
    /// What it holds.
    pub content: Content,
}

impl Field {
    /// How many values it stands for.
    pub const fn values(&self) -> usize {
        match self.content {
            Content::Pad(_) => 0,
            Content::Bytes(_) | Content::Pascal(_) => 1,
            Content::Items(_, count) => count,
        }
    }
}

/// A format.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StructFormat {
    /// As it was written.
    pub text: String,
    /// Its fields, in their order.
    pub fields: Vec<Field>,
    /// The order of the bytes.
    pub order: ByteOrder,
    /// How many bytes a struct has.
    pub size: usize,
    /// How many values a struct has.
    pub values: usize,
    /// Whether an infinity stands for a part of a complex number that is too large, as C converts it.
    pub lax_complex: bool,
}

/// How the first character of a format has things laid out.
#[derive(Clone, Copy)]
struct Style {
    /// With C's sizes, and at the places where C puts them.
    native: bool,
    order: ByteOrder,
}

impl Style {
    fn of(text: &str) -> (Self, &str) {
        let style = |native, order| Self { native, order };
        match text.as_bytes().first() {
            Some(b'<' | b'=') => (style(false, ByteOrder::Little), &text[1..]),
            Some(b'>' | b'!') => (style(false, ByteOrder::Big), &text[1..]),
            Some(b'@') => (style(true, ByteOrder::Little), &text[1..]),
            _ => (style(true, ByteOrder::Little), text),
        }
    }

    fn code(self, letter: u8) -> Option<Code> {
        Some(match letter {
            b'F' => Code::new(Kind::Complex, 8),
            b'D' => Code::new(Kind::Complex, 16),
            b'n' | b'N' | b'P' if !self.native => return None,
            b'l' if !self.native => Code::new(Kind::Signed, 4),
            b'L' if !self.native => Code::new(Kind::Unsigned, 4),
            _ => return Code::native(letter),
        })
    }

    /// Where something begins that would begin at `offset` if it could begin anywhere.
    fn aligned(self, offset: usize, code: Code) -> Option<usize> {
        let parts = if code.kind == Kind::Complex { 2 } else { 1 };
        let unit = if self.native { usize::from(code.size) / parts } else { 1 };
        offset.checked_next_multiple_of(unit)
    }
}

impl StructFormat {
    /// Reads a format; `Err` has what `struct.error` says of it.
    pub fn parse(text: &str) -> Result<Self, String> {
        const TOO_LONG: &str = "total struct size too long";
        let (style, rest) = Style::of(text);
        let mut format = Self {
            text: text.to_owned(),
            fields: Vec::new(),
            order: style.order,
            size: 0,
            values: 0,
            lax_complex: style.order == ByteOrder::Little,
        };
        if text.contains('\0') {
            return Err("embedded null character".into());
        }
        let mut letters = rest.bytes().peekable();
        while let Some(mut letter) = letters.next() {
            if letter.is_ascii_whitespace() {
                continue;
            }
            let mut count = 1_usize;
            if letter.is_ascii_digit() {
                count = usize::from(letter - b'0');
                while let Some(digit) = letters.next_if(u8::is_ascii_digit) {
                    let more =
                        count.checked_mul(10).and_then(|count| count.checked_add((digit - b'0').into()));
                    count = more.filter(|count| isize::try_from(*count).is_ok()).ok_or(TOO_LONG)?;
                }
                letter = letters.next().ok_or("repeat count given without format specifier")?;
            }
            let (offset, content, size) = match letter {
                b'x' => (format.size, Content::Pad(count), Some(count)),
                b's' => (format.size, Content::Bytes(count), Some(count)),
                b'p' => (format.size, Content::Pascal(count), Some(count)),
                _ => {
                    let code = style.code(letter).ok_or("bad char in struct format")?;
                    let offset = style.aligned(format.size, code).ok_or(TOO_LONG)?;
                    (offset, Content::Items(code, count), count.checked_mul(code.size.into()))
                }
            };
            let field = Field { letter, offset, content };
            let end = size.and_then(|size| offset.checked_add(size));
            format.size = end.filter(|end| isize::try_from(*end).is_ok()).ok_or(TOO_LONG)?;
            format.values = format.values.checked_add(field.values()).ok_or(TOO_LONG)?;
            format.fields.push(field);
        }
        Ok(format)
    }

    /// The field of a value, and where the value lies; fields hold values in their order.
    pub fn place(&self, value: usize) -> Option<(Field, usize)> {
        let mut before = 0;
        for field in &self.fields {
            if value < before + field.values() {
                let at = match field.content {
                    Content::Items(code, _) => field.offset + (value - before) * usize::from(code.size),
                    Content::Pad(_) | Content::Bytes(_) | Content::Pascal(_) => field.offset,
                };
                return Some((*field, at));
            }
            before += field.values();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(text: &str) -> Result<usize, String> {
        StructFormat::parse(text).map(|format| format.size)
    }

    #[test]
    fn native_formats_are_aligned_and_the_others_are_not() {
        assert_eq!(size("bhil"), Ok(16));
        assert_eq!(size("<bhil"), Ok(11));
        assert_eq!(size("b0q"), Ok(8));
        assert_eq!(size("!3s 2p4x?c"), Ok(11));
    }

    #[test]
    fn a_format_that_is_none_is_refused_in_words() {
        for (text, wrong) in [
            ("z", "bad char in struct format"),
            ("<n", "bad char in struct format"),
            ("i3", "repeat count given without format specifier"),
            ("9223372036854775807i", "total struct size too long"),
            ("i\0", "embedded null character"),
        ] {
            assert_eq!(size(text), Err(wrong.to_owned()), "{text}");
        }
    }
}
