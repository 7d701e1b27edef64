//! Kinds of characters (`\d`, `\s`, `\w`) and of places between them (`^`, `$`, `\b`).

use super::super::super::text::unicode;

/// What a character may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Digit,
    Space,
    Word,
    LineBreak,
    UnicodeDigit,
    UnicodeSpace,
    UnicodeWord,
    UnicodeLineBreak,
}

/// One of the categories of `re/_constants.py`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Category {
    kind: Kind,
    negated: bool,
}

impl Category {
    /// The category with this number; the odd ones are the opposites of those before.
    pub const fn from_code(code: u32) -> Option<Self> {
        let kind = match code / 2 {
            0 => Kind::Digit,
            1 => Kind::Space,
            // Letters of the locale, of which there is none but C, are those of ASCII.
            2 | 4 => Kind::Word,
            3 => Kind::LineBreak,
            5 => Kind::UnicodeDigit,
            6 => Kind::UnicodeSpace,
            7 => Kind::UnicodeWord,
            8 => Kind::UnicodeLineBreak,
            _ => return None,
        };
        Some(Self { kind, negated: code % 2 == 1 })
    }

    /// Whether a character is of it.
    pub fn has(self, unit: u32) -> bool {
        let is = match self.kind {
            Kind::Digit => matches!(unit, 0x30..=0x39),
            Kind::Space => matches!(unit, 0x09..=0x0D | 0x20),
            Kind::Word => is_word(unit),
            Kind::LineBreak => unit == 0x0A,
            Kind::UnicodeDigit => unicode::is_decimal(unit),
            Kind::UnicodeSpace => unicode::is_space(unit),
            Kind::UnicodeWord => is_unicode_word(unit),
            Kind::UnicodeLineBreak => unicode::is_line_break(unit),
        };
        is != self.negated
    }
}

/// What `\w` takes of ASCII.
const fn is_word(unit: u32) -> bool {
    matches!(unit, 0x30..=0x39 | 0x41..=0x5A | 0x5F | 0x61..=0x7A)
}

/// What `\w` takes of Unicode.
fn is_unicode_word(unit: u32) -> bool {
    if unit < 0x80 { is_word(unit) } else { unicode::is_alnum(unit) }
}

/// A place that a pattern may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// Before the first character.
    Start,
    /// There, or behind a newline.
    LineStart,
    /// At the end, or before a newline that is the last character.
    End,
    /// At the end, or before a newline.
    LineEnd,
    /// At the end.
    TextEnd,
    /// Between a character of a word and another.
    Boundary {
        /// Whether words are those of Unicode.
        unicode: bool,
        /// Whether it must be none.
        negated: bool,
    },
}

impl Place {
    /// The place with this number in `re/_constants.py`.
    pub const fn from_code(code: u32) -> Option<Self> {
        Some(match code {
            0 | 2 => Self::Start,
            1 => Self::LineStart,
            3 | 8 => Self::Boundary { unicode: false, negated: false },
            4 | 9 => Self::Boundary { unicode: false, negated: true },
            5 => Self::End,
            6 => Self::LineEnd,
            7 => Self::TextEnd,
            10 => Self::Boundary { unicode: true, negated: false },
            11 => Self::Boundary { unicode: true, negated: true },
            _ => return None,
        })
    }

    /// Whether the place before character `at` is one; the text ends where `units` do.
    pub fn is<T: Copy + Into<u32>>(self, units: &[T], at: usize) -> bool {
        let newline = |at: usize| units.get(at).is_some_and(|unit| (*unit).into() == 0x0A);
        match self {
            Self::Start => at == 0,
            Self::LineStart => at == 0 || newline(at - 1),
            Self::End => at == units.len() || (at + 1 == units.len() && newline(at)),
            Self::LineEnd => at == units.len() || newline(at),
            Self::TextEnd => at == units.len(),
            Self::Boundary { unicode, negated } => {
                let word = |at: usize| {
                    units.get(at).is_some_and(|unit| {
                        let unit = (*unit).into();
                        if unicode { is_unicode_word(unit) } else { is_word(unit) }
                    })
                };
                let before = at > 0 && word(at - 1);
                (before != word(at)) != negated
            }
        }
    }
}
