//! What is inside string literals: escapes that are wrong, and escapes that are none.

use memchr::memchr;

use super::super::error::{CompileError, ErrorKind, Place};

/// A string or bytes literal, taken apart.
pub struct Literal<'a> {
    /// Whether it is bytes.
    pub is_bytes: bool,
    /// Whether a backslash in it is one.
    pub is_raw: bool,
    /// The bytes of prefix and quotes before the content.
    pub start: usize,
    /// What is between the quotes.
    pub content: &'a str,
}

impl<'a> Literal<'a> {
    /// Takes apart the text of a token.
    pub fn of(text: &'a str) -> Self {
        let prefix = text.find(['\'', '"']).unwrap_or(0);
        let (letters, quoted) = text.split_at(prefix);
        let triple = quoted.len() >= 6 && (quoted.starts_with("'''") || quoted.starts_with("\"\"\""));
        let size = if triple { 3 } else { 1 };
        Self {
            is_bytes: letters.contains(['b', 'B']),
            is_raw: letters.contains(['r', 'R']),
            start: prefix + size,
            content: &quoted[size..quoted.len() - size],
        }
    }
}

/// What CPython says of an escape that is none.
pub fn invalid_escape(escape: &str, octal: &str) -> String {
    format!(
        "\"\\{escape}\" is an invalid {octal}escape sequence. Such sequences will not work in the future. Did you \
         mean \"\\\\{escape}\"? A raw string is also an option."
    )
}

/// An escape that is none: its first byte, its length, and what is said of it.
pub type InvalidEscape = (usize, usize, String);

/// The first escape in a literal that is none.
pub fn first_invalid_escape(text: &str, is_bytes: bool) -> Option<InvalidEscape> {
    let mut rest = text;
    while let Some(at) = memchr(b'\\', rest.as_bytes()) {
        let escape = &rest[at + 1..];
        let character = escape.chars().next()?;
        let digits = escape.bytes().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
        let (octal, length) = match character {
            '\n' | '\r' | '\\' | '\'' | '"' | 'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | 'x' => (None, 1),
            'N' | 'u' | 'U' if !is_bytes => (None, 1),
            '4'..='7' if digits == 3 => (Some("octal "), 3),
            '0'..='7' => (None, digits),
            _ if character.is_ascii() => (Some(""), 1),
            _ => (Some(""), character.len_utf8()),
        };
        if let Some(octal) = octal {
            // CPython reads a character that is not ASCII as an escape of its own behind a backslash.
            let message = invalid_escape(&escape[..length], octal);
            return character.is_ascii().then(|| (text.len() - rest.len() + at, 1 + length, message));
        }
        rest = &escape[length..];
    }
    None
}

/// The escapes in a piece of an f-string's text of which CPython warns: its tokenizer of each brace behind a
/// backslash, and then its parser of the first other one in each part up to a doubled brace.
pub fn invalid_escapes_in_fstring(text: &str) -> (Vec<InvalidEscape>, Vec<InvalidEscape>) {
    let (mut braces, mut others) = (Vec::new(), Vec::new());
    let (mut part, mut at) = (0, 0);
    let mut end_part = |part: usize, end: usize| {
        if let Some((found, length, message)) = first_invalid_escape(&text[part..end], false)
            && !text[part + found + 1..].starts_with(['{', '}'])
        {
            others.push((part + found, length, message));
        }
    };
    while let Some(character) = text[at..].chars().next() {
        let behind = &text[at + character.len_utf8()..];
        match character {
            '\\' => match behind.chars().next() {
                Some(brace @ ('{' | '}')) => {
                    braces.push((at, 2, invalid_escape(brace.encode_utf8(&mut [0; 4]), "")));
                    at += 1;
                    // The brace is doubled, or the last character.
                    if at + 1 == text.len() {
                        break;
                    }
                }
                Some('N') if behind.starts_with("N{") => {
                    at += behind.find('}').map_or(text.len() - at, |end| end + 2);
                    end_part(part, at);
                    part = at;
                }
                Some(other) => at += 1 + other.len_utf8(),
                None => break,
            },
            '{' | '}' => {
                end_part(part, at + 1);
                at = (at + 2).min(text.len());
                part = at;
            }
            _ => at += character.len_utf8(),
        }
    }
    end_part(part, text.len());
    (braces, others)
}

/// What CPython says of the first escape in a literal that cannot be decoded.
pub fn wrong_escape(text: &str, is_bytes: bool) -> Option<String> {
    let mut at = 0;
    // CPython decodes a text in which each character that is not ASCII is an escape of ten characters.
    let mut position = 0;
    while let Some(character) = text[at..].chars().next() {
        if character != '\\' {
            at += character.len_utf8();
            position += if character.is_ascii() { 1 } else { 10 };
            continue;
        }
        let escape = &text[at + 1..];
        let kind = escape.chars().next()?;
        if !kind.is_ascii() {
            (at, position) = (at + 1, position + 6);
            continue;
        }
        let (wanted, name) = match kind {
            'x' => (2, "\\xXX"),
            'u' if !is_bytes => (4, "\\uXXXX"),
            'U' if !is_bytes => (8, "\\UXXXXXXXX"),
            'N' if !is_bytes => {
                if let Some((length, why)) = wrong_name(&escape[1..]) {
                    return Some(unicode_error(position, position + 2 + length, why));
                }
                (0, "")
            }
            _ => (0, ""),
        };
        let digits = escape[1..].bytes().take(wanted).take_while(u8::is_ascii_hexdigit).count();
        if digits < wanted {
            if is_bytes {
                return Some(format!("(value error) invalid \\x escape at position {position}"));
            }
            return Some(unicode_error(position, position + 2 + digits, &format!("truncated {name} escape")));
        }
        let is_too_large =
            |digits: &str| u32::from_str_radix(digits, 16).is_ok_and(|point| point > 0x0010_ffff);
        if wanted == 8 && is_too_large(&escape[1..9]) {
            return Some(unicode_error(position, position + 10, "illegal Unicode character"));
        }
        (at, position) = (at + 2, position + 2);
    }
    None
}

/// What is wrong with the name behind `\N`, and how much of it was read.
fn wrong_name(behind: &str) -> Option<(usize, &'static str)> {
    const MALFORMED: &str = "malformed \\N character escape";
    let Some(inside) = behind.strip_prefix('{') else { return Some((0, MALFORMED)) };
    let width = |text: &str| text.chars().map(|char| if char.is_ascii() { 1 } else { 10 }).sum::<usize>();
    let Some((name, _)) = inside.split_once('}') else { return Some((1 + width(inside), MALFORMED)) };
    if name.is_empty() {
        return Some((1, MALFORMED));
    }
    // The parser knows the names.
    let is_known = name.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
        && !name.contains(['\'', '\\', '{'])
        && ruff_python_parser::parse_expression(&format!("'\\N{{{name}}}'")).is_ok();
    (!is_known).then(|| (2 + width(name), "unknown Unicode character name"))
}

fn unicode_error(start: usize, end: usize, why: &str) -> String {
    let range = if end == start + 1 {
        format!("byte 0x5c in position {start}")
    } else {
        format!("bytes in position {start}-{}", end - 1)
    };
    format!("(unicode error) 'unicodeescape' codec can't decode {range}: {why}")
}

/// An integer that is longer than CPython reads, with the limit for that.
pub fn too_many_digits(digits: usize, limit: usize, line: u32) -> CompileError {
    let message = format!(
        "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; use \
         sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to \
         avoid decimal conversion limits."
    );
    CompileError::at(
        ErrorKind::Syntax,
        message,
        Place { line, column: 0, end_line: line, end_column: Some(0) },
    )
}
