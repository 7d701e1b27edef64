//! Numbers, as CPython's tokenizer reads them.

use super::token::{Kind, Said, Stop};
use super::tokenizer::{Found, Read, Tokenizer};

impl Tokenizer<'_> {
    /// The number that begins with `first`, at `start`.
    pub(super) fn number(&mut self, start: usize, first: u8) -> Read<Found> {
        match (first, self.peek(0)) {
            (b'0', Some(b'x' | b'X')) => self.radix("hexadecimal", |byte| byte.is_ascii_hexdigit()),
            (b'0', Some(b'o' | b'O')) => self.radix("octal", |byte| matches!(byte, b'0'..=b'7')),
            (b'0', Some(b'b' | b'B')) => self.radix("binary", |byte| matches!(byte, b'0' | b'1')),
            (b'0', _) => self.after_zero(start),
            (b'.', _) => self.fraction(),
            _ => {
                self.decimal_tail()?;
                self.after_digits()
            }
        }?;
        Ok((Kind::Number, Some((start, self.at))))
    }

    /// Behind the `0` of `0x`, `0o` or `0b`.
    fn radix(&mut self, kind: &str, is_digit: fn(u8) -> bool) -> Read<()> {
        self.at += 1;
        loop {
            if self.peek(0) == Some(b'_') {
                self.at += 1;
            }
            if !self.peek(0).is_some_and(is_digit) {
                self.wrong_digit(kind)?;
                return Err(self.said(format!("invalid {kind} literal")));
            }
            while self.peek(0).is_some_and(is_digit) {
                self.at += 1;
            }
            if self.peek(0) != Some(b'_') {
                break;
            }
        }
        self.wrong_digit(kind)?;
        self.end_of_number(kind)
    }

    /// A decimal digit that the radix does not have.
    fn wrong_digit(&mut self, kind: &str) -> Read<()> {
        match self.peek(0) {
            Some(digit @ b'0'..=b'9') => {
                self.at += 1;
                Err(self.said(format!("invalid digit '{}' in {kind} literal", char::from(digit))))
            }
            _ => Ok(()),
        }
    }

    /// Behind a leading `0`: more zeros, or what makes it a float or an imaginary number.
    fn after_zero(&mut self, start: usize) -> Read<()> {
        loop {
            if self.peek(0) == Some(b'_') {
                self.at += 1;
                if !self.at_digit() {
                    return Err(self.said("invalid decimal literal"));
                }
            }
            if self.peek(0) != Some(b'0') {
                break;
            }
            self.at += 1;
        }
        let zeros_end = self.at + 1;
        let nonzero = self.at_digit();
        if nonzero {
            self.decimal_tail()?;
        }
        if nonzero && !self.lenient && !matches!(self.peek(0), Some(b'.' | b'e' | b'E' | b'j' | b'J')) {
            let column = |at: usize| (at - self.line_start) as u32;
            let before =
                self.text[self.line_start..start].iter().filter(|byte| **byte & 0xc0 == 0x80).count() as u32;
            return Err(Stop::Said(Said {
                message:
                    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal \
                          integers"
                        .to_owned(),
                line: self.line,
                columns: (column(start) + 1 - before, column(zeros_end) - before),
            }));
        }
        self.after_digits()
    }

    fn at_digit(&self) -> bool {
        self.peek(0).is_some_and(|byte| byte.is_ascii_digit())
    }

    fn decimal_tail(&mut self) -> Read<()> {
        loop {
            while self.at_digit() {
                self.at += 1;
            }
            if self.peek(0) != Some(b'_') {
                return Ok(());
            }
            self.at += 1;
            if !self.at_digit() {
                return Err(self.said("invalid decimal literal"));
            }
        }
    }

    fn after_digits(&mut self) -> Read<()> {
        if self.peek(0) == Some(b'.') {
            self.at += 1;
            return self.fraction();
        }
        self.exponent()
    }

    fn fraction(&mut self) -> Read<()> {
        if self.at_digit() {
            self.decimal_tail()?;
        }
        self.exponent()
    }

    fn exponent(&mut self) -> Read<()> {
        if matches!(self.peek(0), Some(b'e' | b'E')) {
            let signed = matches!(self.peek(1), Some(b'+' | b'-'));
            let digits = if signed { 2 } else { 1 };
            if !self.peek(digits).is_some_and(|byte| byte.is_ascii_digit()) {
                if signed {
                    self.at += 2;
                    return Err(self.said("invalid decimal literal"));
                }
                return self.end_of_number("decimal");
            }
            self.at += digits;
            self.decimal_tail()?;
        }
        if matches!(self.peek(0), Some(b'j' | b'J')) {
            self.at += 1;
            return self.end_of_number("imaginary");
        }
        self.end_of_number("decimal")
    }

    /// Behind a number may stand one of the keywords that can follow it, with a warning, and no other letter.
    fn end_of_number(&mut self, kind: &str) -> Read<()> {
        let rest = &self.source[self.at..];
        let is_word = |word: &str| {
            rest.strip_prefix(word).is_some_and(|behind| {
                !behind
                    .starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_' || !next.is_ascii())
            })
        };
        // CPython looks at two letters of those that begin with `i`.
        let is_keyword = ["and", "else", "for", "or", "not"].into_iter().any(is_word)
            || ["if", "in", "is"].into_iter().any(|word| rest.starts_with(word));
        if is_keyword {
            self.warn(format!("invalid {kind} literal"));
            return Ok(());
        }
        if self.peek(0).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return Err(self.said(format!("invalid {kind} literal")));
        }
        Ok(())
    }
}
