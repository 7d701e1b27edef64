//! The template of `%`, of str and of bytes: literal text and directives, and what a directive makes.
//!
//! CPython reads a directive while it fetches its arguments, so that of two errors the one that stands
//! first is raised.  A [`Directive`] has what was read, errors included, in that order.

use std::ops::Range;

use super::{ErrorKind, FormatError, Result};
use crate::machine::number::IntRef;
use crate::machine::number::float::{Shape, Style};
use crate::machine::text::str::MAX_CODE_POINT;
use crate::machine::text::{MAX_LENGTH, Str, StrBuilder, bytes};

/// A template.
#[derive(Clone, Copy, Debug)]
pub enum Template<'a> {
    /// `str % …`.
    Str(&'a Str),
    /// `bytes % …`.
    Bytes(&'a [u8]),
}

impl Template<'_> {
    fn get(self, at: usize) -> Option<u32> {
        match self {
            Self::Str(text) => text.get(at),
            Self::Bytes(bytes) => bytes.get(at).copied().map(u32::from),
        }
    }

    fn len(self) -> usize {
        match self {
            Self::Str(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that stays as it is; of "%%", one percent sign.
    Literal(Range<usize>),
    /// What an argument is put in for.
    Directive(Directive),
}

/// A directive as far as it was read, in the order in which its errors are raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// `(key)`: the mapping's item to take from here on.  Asking for a key of what is no mapping is an
    /// error ([`NO_MAPPING`]) before this one is.
    pub key: Option<Result<Range<usize>>>,
    /// The flags.
    pub flags: Flags,
    /// The least width.
    pub width: Result<Amount>,
    /// The precision; [`Amount::None`] where there is none.
    pub precision: Result<Amount>,
    /// The conversion's character and its index in the template; the argument is fetched before it turns
    /// out that there is no such conversion ([`Directive::unsupported`]).
    pub conversion: Result<(u32, usize)>,
}

/// The flags of a directive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::struct_excessive_bools, reason = "they are flags, each with a character of its own")]
pub struct Flags {
    /// `-`: padding to the right.
    pub left: bool,
    /// `+`: a plus before what is not negative.
    pub plus: bool,
    /// ` `: a space before what is not negative.
    pub space: bool,
    /// `#`: the alternate form.
    pub alternate: bool,
    /// `0`: numbers are padded with zeros.
    pub zero: bool,
}

/// A width or a precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Not given.
    None,
    /// Given.
    Given(usize),
    /// `*`: the next argument.
    Argument,
}

/// A directive's flags, width and precision, with the arguments for `*` put in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Field {
    /// The flags.
    pub flags: Flags,
    /// The least width.
    pub width: usize,
    /// The precision.
    pub precision: Option<usize>,
}

/// There are fewer arguments than directives.
pub const NOT_ENOUGH: FormatError =
    FormatError::new(ErrorKind::Type, "not enough arguments for format string");

/// A directive with a key, and an argument that is no mapping.
pub const NO_MAPPING: FormatError = FormatError::new(ErrorKind::Type, "format requires a mapping");

/// The argument for `*` is no int.
pub const STAR_WANTS_INT: FormatError = FormatError::new(ErrorKind::Type, "* wants int");

/// The argument of `%c` is no character's number, in a str.
pub const NO_CHARACTER: FormatError = FormatError::new(ErrorKind::Overflow, "%c arg not in range(0x110000)");

/// The argument of `%c` is no byte's number, in a bytes object.
pub const NO_BYTE: FormatError = FormatError::new(ErrorKind::Overflow, "%c arg not in range(256)");

/// The piece at `at` and where the next one begins; nothing at the end.
pub fn next(template: Template<'_>, at: usize) -> Option<(Piece, usize)> {
    const PERCENT: Option<u32> = Some(0x25);
    let length = template.len();
    if at >= length {
        return None;
    }
    if template.get(at) != PERCENT {
        let end = (at..length).find(|&end| template.get(end) == PERCENT).unwrap_or(length);
        return Some((Piece::Literal(at..end), end));
    }
    if template.get(at + 1) == PERCENT {
        return Some((Piece::Literal(at..at + 1), at + 2));
    }
    let mut reader = Reader { template, at: at + 1 };
    let directive = reader.directive();
    Some((Piece::Directive(directive), reader.at))
}

struct Reader<'a> {
    template: Template<'a>,
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.template.get(self.at).and_then(char::from_u32)
    }

    fn directive(&mut self) -> Directive {
        let key = (self.peek() == Some('(')).then(|| self.key());
        let mut flags = Flags::default();
        loop {
            match self.peek() {
                Some('-') => flags.left = true,
                Some('+') => flags.plus = true,
                Some(' ') => flags.space = true,
                Some('#') => flags.alternate = true,
                Some('0') => flags.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        let width = self.amount(i64::MAX as usize, "width too big");
        let precision = if self.peek() == Some('.') {
            self.at += 1;
            let message = match self.template {
                Template::Str(_) => "precision too big",
                Template::Bytes(_) => "prec too big",
            };
            // A point with nothing behind it is a precision of zero.
            self.amount(i32::MAX as usize, message).map(|amount| match amount {
                Amount::None => Amount::Given(0),
                Amount::Given(_) | Amount::Argument => amount,
            })
        } else {
            Ok(Amount::None)
        };
        // One letter for C's type of the argument may stand here; it says nothing.
        if matches!(self.peek(), Some('h' | 'l' | 'L')) {
            self.at += 1;
        }
        let conversion = match self.template.get(self.at) {
            Some(point) => Ok((point, self.at)),
            None => Err(FormatError::value("incomplete format")),
        };
        self.at += 1;
        Directive { key, flags, width, precision, conversion }
    }

    /// A key in parentheses, in which there may be others.
    fn key(&mut self) -> Result<Range<usize>> {
        self.at += 1;
        let start = self.at;
        let mut depth = 1;
        while depth > 0 {
            match self.template.get(self.at) {
                Some(0x28) => depth += 1,
                Some(0x29) => depth -= 1,
                Some(_) => {}
                None => return Err(FormatError::value("incomplete format key")),
            }
            self.at += 1;
        }
        Ok(start..self.at - 1)
    }

    fn amount(&mut self, most: usize, too_big: &'static str) -> Result<Amount> {
        if self.peek() == Some('*') {
            self.at += 1;
            return Ok(Amount::Argument);
        }
        let mut number = None;
        while let Some(digit) = self.peek().and_then(|char| char.to_digit(10)) {
            let next = number.unwrap_or(0_usize).saturating_mul(10).saturating_add(digit as usize);
            if next > most {
                return Err(FormatError::value(too_big));
            }
            number = Some(next);
            self.at += 1;
        }
        Ok(number.map_or(Amount::None, Amount::Given))
    }
}

impl Directive {
    /// The error for a conversion that there is not.
    pub fn unsupported(template: Template<'_>, conversion: u32, index: usize) -> FormatError {
        let shown = match template {
            Template::Str(_) if !(0x1F..0x7F).contains(&conversion) => '?',
            Template::Bytes(_) if conversion >= 0x80 => {
                // CPython cannot write down its own message, and says that.
                return FormatError::overflow("character argument not in range(0x110000)");
            }
            Template::Str(_) | Template::Bytes(_) => char::from_u32(conversion).unwrap_or('?'),
        };
        FormatError::value(format!(
            "unsupported format character '{shown}' (0x{conversion:x}) at index {index}"
        ))
    }
}

/// What is to be padded: the sign and the prefix apart, as zeros go behind them.
struct Number {
    sign: &'static str,
    prefix: &'static str,
    digits: String,
}

impl Number {
    fn layout(&self, flags: Flags, width: usize) -> Result<Str> {
        let sign = match self.sign {
            "" if flags.plus => "+",
            "" if flags.space => " ",
            sign => sign,
        };
        let length = sign.len() + self.prefix.len() + self.digits.len();
        if width > MAX_LENGTH {
            return Err(FormatError::MEMORY);
        }
        let padding = width.saturating_sub(length);
        let (left, zeros) = match (flags.left, flags.zero) {
            (true, _) => (0, 0),
            (false, true) => (0, padding),
            (false, false) => (padding, 0),
        };
        let mut text = StrBuilder::with_capacity(length + padding);
        text.push_n(0x20, left);
        text.push_chars(sign);
        text.push_chars(self.prefix);
        text.push_n(0x30, zeros);
        text.push_chars(&self.digits);
        text.push_n(0x20, padding - left - zeros);
        Ok(text.finish())
    }
}

/// `%d`, `%i`, `%u`, `%o`, `%x`, `%X`: an int; the precision is the least number of digits.
pub fn int(value: IntRef<'_>, conversion: char, field: &Field, digit_limit: usize) -> Result<Str> {
    let (base, prefix) = match conversion {
        'o' => (8, "0o"),
        'x' => (16, "0x"),
        'X' => (16, "0X"),
        _ => (10, ""),
    };
    let mut digits = if base == 10 {
        value.to_decimal(digit_limit)?.trim_start_matches('-').to_owned()
    } else {
        value.digits_in(base)
    };
    if conversion == 'X' {
        digits.make_ascii_uppercase();
    }
    let least = field.precision.unwrap_or(0);
    if least > MAX_LENGTH {
        return Err(FormatError::MEMORY);
    }
    if digits.len() < least {
        digits.insert_str(0, &"0".repeat(least - digits.len()));
    }
    let sign = if value.signum() < 0 { "-" } else { "" };
    let prefix = if field.flags.alternate { prefix } else { "" };
    Number { sign, prefix, digits }.layout(field.flags, field.width)
}

/// `%e`, `%E`, `%f`, `%F`, `%g`, `%G`: a float.
pub fn float(value: f64, conversion: char, field: &Field) -> Result<Str> {
    let style = match conversion.to_ascii_lowercase() {
        'e' => Style::Exponent,
        'f' => Style::Fixed,
        _ => Style::General,
    };
    let precision = field.precision.unwrap_or(6);
    if precision > MAX_LENGTH {
        return Err(FormatError::MEMORY);
    }
    let shape = Shape { alternate: field.flags.alternate, ..Shape::new(style, precision) };
    let mut text = shape.text(value);
    if conversion.is_ascii_uppercase() {
        text.make_ascii_uppercase();
    }
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    Number { sign, prefix: "", digits: digits.to_owned() }.layout(field.flags, field.width)
}

/// `%s`, `%r`, `%a`: a text, of which at most as many characters are taken as the precision says.
pub fn text(text: &Str, field: &Field) -> Result<Str> {
    character(&text.slice(0..field.precision.unwrap_or(usize::MAX)), field)
}

/// `%c`: a text whatever the precision.
pub fn character(text: &Str, field: &Field) -> Result<Str> {
    let padded = if field.flags.left { text.ljust(field.width, 0x20) } else { text.rjust(field.width, 0x20) };
    padded.ok_or(FormatError::MEMORY)
}

/// `%b`, `%s` of bytes: of which at most as many are taken as the precision says.
pub fn byte_string(value: &[u8], field: &Field) -> Result<Vec<u8>> {
    byte(&value[..field.precision.unwrap_or(usize::MAX).min(value.len())], field)
}

/// `%c` of bytes: whatever the precision.
pub fn byte(value: &[u8], field: &Field) -> Result<Vec<u8>> {
    let width = field.width;
    let padded =
        if field.flags.left { bytes::ljust(value, width, b' ') } else { bytes::rjust(value, width, b' ') };
    padded.ok_or(FormatError::MEMORY)
}

/// The character for `%c` of an int.
pub fn character_of(value: IntRef<'_>) -> Result<Str> {
    let point = value.small().and_then(|value| u32::try_from(value).ok());
    point.filter(|&point| point <= MAX_CODE_POINT).map(Str::from_point).ok_or(NO_CHARACTER)
}

/// The byte for `%c` of an int.
pub fn byte_of(value: IntRef<'_>) -> Result<u8> {
    value.small().and_then(|value| u8::try_from(value).ok()).ok_or(NO_BYTE)
}
