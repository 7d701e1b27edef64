//! Questions about all characters of a text: `isalpha`, `isdigit`, `isidentifier`, `istitle` and their kin.
//!
//! Each is false for the empty text, but for `isprintable` and [`Str::is_ascii`].

use super::Str;
use super::unicode;

impl Str {
    /// `str.isalpha`.
    pub fn is_alpha(&self) -> bool {
        self.all(unicode::is_alpha)
    }

    /// `str.isdecimal`.
    pub fn is_decimal(&self) -> bool {
        self.all(unicode::is_decimal)
    }

    /// `str.isdigit`.
    pub fn is_digit(&self) -> bool {
        self.all(unicode::is_digit)
    }

    /// `str.isnumeric`.
    pub fn is_numeric(&self) -> bool {
        self.all(unicode::is_numeric)
    }

    /// `str.isalnum`.
    pub fn is_alnum(&self) -> bool {
        self.all(unicode::is_alnum)
    }

    /// `str.isspace`.
    pub fn is_space(&self) -> bool {
        self.all(unicode::is_space)
    }

    /// `str.isprintable`.
    pub fn is_printable(&self) -> bool {
        self.points().all(unicode::is_printable)
    }

    /// `str.isidentifier`.
    pub fn is_identifier(&self) -> bool {
        let mut points = self.points();
        points.next().is_some_and(unicode::is_identifier_start) && points.all(unicode::is_identifier_continue)
    }

    /// `str.islower`: some character is lower case, and none is upper or title case.
    pub fn is_lower(&self) -> bool {
        self.points().any(unicode::is_lower)
            && !self.points().any(|point| unicode::is_upper(point) || unicode::is_title(point))
    }

    /// `str.isupper`: some character is upper case, and none is lower or title case.
    pub fn is_upper(&self) -> bool {
        self.points().any(unicode::is_upper)
            && !self.points().any(|point| unicode::is_lower(point) || unicode::is_title(point))
    }

    /// `str.istitle`: words, at least one, begin in upper or title case and go on in lower case.
    pub fn is_title(&self) -> bool {
        let (mut in_word, mut any) = (false, false);
        for point in self.points() {
            let begins = unicode::is_upper(point) || unicode::is_title(point);
            let goes_on = unicode::is_lower(point);
            if begins && in_word || goes_on && !in_word && !begins {
                return false;
            }
            in_word = begins || goes_on;
            any |= in_word;
        }
        any
    }

    fn all(&self, test: fn(u32) -> bool) -> bool {
        !self.is_empty() && self.points().all(test)
    }
}
