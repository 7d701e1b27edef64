//! Letters without their case, as the flags IGNORECASE, ASCII and LOCALE want it.

use super::super::super::text::unicode;

/// Which letters are the same letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fold {
    /// Each character is itself.
    Exact,
    /// A to Z are a to z.
    Ascii,
    /// Those of the locale, which is that of a C program that has set none: A to Z are a to z.  Unlike with
    /// [`Fold::Ascii`] the pattern has its letters as they were written.
    Locale,
    /// Unicode's lower case, where that is one character for one.
    Unicode,
}

impl Fold {
    /// A character of the subject as it is compared with the pattern.
    #[inline]
    pub fn lower(self, unit: u32) -> u32 {
        match self {
            Self::Exact => unit,
            Self::Ascii | Self::Locale => ascii_lower(unit),
            Self::Unicode => unicode_lower(unit),
        }
    }

    /// Whether a character of the subject is the one of the pattern.
    #[inline]
    pub fn same(self, pattern: u32, unit: u32) -> bool {
        match self {
            Self::Locale => pattern == unit || ascii_lower(unit) == pattern || ascii_upper(unit) == pattern,
            Self::Exact | Self::Ascii | Self::Unicode => self.lower(unit) == pattern,
        }
    }
}

/// A to Z in lower case.
pub const fn ascii_lower(unit: u32) -> u32 {
    if matches!(unit, 0x41..=0x5A) { unit | 0x20 } else { unit }
}

/// a to z in upper case.
pub const fn ascii_upper(unit: u32) -> u32 {
    if matches!(unit, 0x61..=0x7A) { unit & !0x20 } else { unit }
}

/// The lower case of a character, the first one where it becomes several.
pub fn unicode_lower(unit: u32) -> u32 {
    unicode::to_lower(unit).as_slice()[0]
}

/// The upper case of a character, the first one where it becomes several.
pub fn unicode_upper(unit: u32) -> u32 {
    unicode::to_upper(unit).as_slice()[0]
}

/// Whether a character is a letter that has a case, in ASCII.
pub const fn ascii_is_cased(unit: u32) -> bool {
    matches!(unit, 0x41..=0x5A | 0x61..=0x7A)
}

/// Whether a character becomes another one in lower or upper case.
pub fn unicode_is_cased(unit: u32) -> bool {
    unicode_lower(unit) != unit || unicode_upper(unit) != unit
}
