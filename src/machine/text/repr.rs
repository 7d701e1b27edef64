//! `repr()` and `ascii()` of texts, `repr()` of bytes.

use super::unicode::is_printable;
use super::{Str, StrBuilder};
use crate::text::unicode_data;

/// The quote `repr` puts around a text: the double one only where that saves escapes.
fn quote(points: impl Iterator<Item = u32>) -> u32 {
    let (mut single, mut double) = (false, false);
    for point in points {
        single |= point == 0x27;
        double |= point == 0x22;
    }
    if single && !double { 0x22 } else { 0x27 }
}

/// The escape of a character that has one of its own.
fn short_escape(point: u32) -> Option<&'static str> {
    match point {
        0x5C => Some("\\\\"),
        0x09 => Some("\\t"),
        0x0A => Some("\\n"),
        0x0D => Some("\\r"),
        _ => None,
    }
}

/// The escape of any code point in hexadecimal: `\xhh`, `\uhhhh` or `\Uhhhhhhhh`, the shortest that holds it.
pub fn hex_escape(point: u32) -> String {
    match point {
        0..=0xFF => format!("\\x{point:02x}"),
        0x100..=0xFFFF => format!("\\u{point:04x}"),
        _ => format!("\\U{point:08x}"),
    }
}

/// The escape of a code point by its name, `\N{…}`, where it has one; else as [`hex_escape`].
pub fn name_escape(point: u32) -> String {
    let name = unicode_data::name(point, unicode_data::Edition::Current);
    name.map_or_else(|| hex_escape(point), |name| format!("\\N{{{name}}}"))
}

/// `repr` of a text, where characters for which `shown` is false are escaped.
fn quoted(text: &Str, shown: impl Fn(u32) -> bool) -> Str {
    let quote = quote(text.points());
    let mut out = StrBuilder::with_capacity(text.len() + 2);
    out.push(quote);
    for point in text.points() {
        if let Some(escape) = short_escape(point) {
            out.push_chars(escape);
        } else if point == quote {
            out.push(0x5C);
            out.push(quote);
        } else if shown(point) {
            out.push(point);
        } else {
            out.push_chars(&hex_escape(point));
        }
    }
    out.push(quote);
    out.finish()
}

impl Str {
    /// `repr()`.
    #[must_use]
    pub fn repr(&self) -> Self {
        quoted(self, is_printable)
    }

    /// `ascii()`.
    #[must_use]
    pub fn ascii(&self) -> Self {
        quoted(self, |point| (0x20..0x7F).contains(&point))
    }

    /// `ascii()` of an object whose `repr()` this is: everything above ASCII escaped, no quotes added.
    #[must_use]
    pub fn backslash_escaped(&self) -> Self {
        if self.is_ascii() {
            return self.clone();
        }
        let mut out = String::with_capacity(self.len());
        for point in self.points() {
            match u8::try_from(point) {
                Ok(byte) if byte.is_ascii() => out.push(char::from(byte)),
                _ => out.push_str(&hex_escape(point)),
            }
        }
        out.into()
    }
}

/// `repr()` of a bytes object, its `b` included.
pub fn bytes(bytes: &[u8]) -> String {
    let quote = quote(bytes.iter().copied().map(u32::from));
    let mut out = String::with_capacity(bytes.len() + 3);
    out.push('b');
    out.push(char::from(quote as u8));
    for &byte in bytes {
        if let Some(escape) = short_escape(byte.into()) {
            out.push_str(escape);
        } else if u32::from(byte) == quote {
            out.push('\\');
            out.push(char::from(byte));
        } else if (0x20..0x7F).contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&hex_escape(byte.into()));
        }
    }
    out.push(char::from(quote as u8));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_and_escapes() {
        assert_eq!(Str::from("it's").repr(), "\"it's\"");
        assert_eq!(Str::from("it's \"so\"").repr(), "'it\\'s \"so\"'");
        assert_eq!(
            Str::from("\u{e9}\u{ad}\u{3042}\u{200b}\0\x7f").repr(),
            "'\u{e9}\\xad\u{3042}\\u200b\\x00\\x7f'"
        );
        assert_eq!(Str::from(vec![0xDC80, 0x1_F600]).ascii(), "'\\udc80\\U0001f600'");
        assert_eq!(Str::from("'\u{e9}'").backslash_escaped(), "'\\xe9'");
        assert_eq!(bytes(b"a'\"\\\n\xff"), "b'a\\'\"\\\\\\n\\xff'");
    }
}
