//! Strings, as CPython's tokenizer reads them: plain ones as one token, f-strings and template strings in
//! pieces.

use super::literal;
use super::token::{Kind, Said, Stop};
use super::tokenizer::{Found, MAX_STRINGS, OpenString, Read, Tokenizer};

/// How deeply expressions may stand in the format specifications of others.
const MAX_EXPRESSIONS: i32 = 3;

impl Tokenizer<'_> {
    /// The string that begins at `start`, behind its first quote.
    pub(super) fn string(&mut self, start: usize, quote: u8) -> Read<Found> {
        let (line, line_start) = (self.line, self.line_start);
        let mut size = 1;
        let mut closing = 0;
        if self.peek(0) == Some(quote) {
            self.at += 1;
            if self.peek(0) == Some(quote) {
                self.at += 1;
                size = 3;
            } else {
                closing = 1;
            }
        }
        let mut escaped_quote = false;
        while closing != size {
            let byte = self.bump();
            let Some(byte) = byte.filter(|byte| size == 3 || *byte != b'\n') else {
                return Err(self.unterminated(start, line, line_start, (quote, size), escaped_quote));
            };
            if byte == quote {
                closing += 1;
                continue;
            }
            closing = 0;
            if byte == b'\\' {
                escaped_quote |= self.bump() == Some(quote);
            }
        }
        Ok((Kind::String, Some((start, self.at))))
    }

    fn unterminated(
        &self,
        start: usize,
        line: u32,
        line_start: usize,
        (quote, size): (u8, usize),
        escaped_quote: bool,
    ) -> Stop {
        let open = self.strings.last().filter(|open| open.quote == quote && open.quote_size == size);
        let detected = self.line;
        let message = match open {
            Some(open) => format!("{}-string: expecting '}}'", open.prefix),
            None if size == 3 => {
                format!("unterminated triple-quoted string literal (detected at line {detected})")
            }
            None => {
                let hint = if escaped_quote { "; perhaps you escaped the end quote?" } else { "" };
                format!("unterminated string literal (detected at line {detected}){hint}")
            }
        };
        let column = self.source[line_start..start].chars().count() as u32 + 1;
        Stop::Said(Said { message, line, columns: (column, column) })
    }

    /// The start of an f-string or a template string; behind its first quote.
    pub(super) fn open_string(&mut self, start: usize, quote: u8, prefix: char, raw: bool) -> Read<Found> {
        let mut quote_size = 1;
        if self.peek(0) == Some(quote) && self.peek(1) == Some(quote) {
            quote_size = 3;
            self.at += 2;
        }
        if self.strings.len() + 1 >= MAX_STRINGS {
            return Err(self.said("too many nested f-strings or t-strings"));
        }
        self.strings.push(OpenString {
            prefix,
            quote,
            quote_size,
            raw,
            start,
            line: self.line,
            line_start: self.line_start,
            in_text: true,
            in_format_spec: false,
            brackets: 0,
            expression: -1,
            has_debug: false,
        });
        let kind = if prefix == 't' { Kind::TStringStart } else { Kind::FStringStart };
        Ok((kind, Some((start, self.at))))
    }

    /// In an expression of an f-string: the `:` before its format specification.
    pub(super) fn punctuation_in_string(&mut self, start: usize, byte: u8) -> Option<Found> {
        let string = self.strings.last_mut().filter(|string| string.expression >= 0)?;
        if byte != b':' || string.brackets - 1 != string.expression {
            return None;
        }
        string.in_text = true;
        string.in_format_spec = true;
        Some((Kind::Operator, Some((start, self.at))))
    }

    /// A token where the text of an f-string is read.
    pub(super) fn string_text(&mut self) -> Read<Found> {
        let Some(index) = self.strings.len().checked_sub(1) else { return self.plain() };
        let (quote, size) = (self.strings[index].quote, self.strings[index].quote_size);
        let is_template = self.strings[index].prefix == 't';
        let start = self.at;
        self.begun = start;
        if self.peek(0) == Some(b'{') && self.peek(1) != Some(b'{') {
            self.enter_expression(index)?;
            return self.plain();
        }
        if (0..size).all(|ahead| self.peek(ahead) == Some(quote)) {
            for _ in 0..size {
                self.bump();
            }
            self.strings.pop();
            let kind = if is_template { Kind::TStringEnd } else { Kind::FStringEnd };
            return Ok((kind, Some((start, self.at))));
        }
        let end = self.text_until(index, quote, size)?;
        Ok((if is_template { Kind::TStringMiddle } else { Kind::FStringMiddle }, Some((start, end))))
    }

    /// From the text of an f-string into an expression.
    fn enter_expression(&mut self, index: usize) -> Read<()> {
        let string = &mut self.strings[index];
        string.expression += 1;
        if string.expression >= MAX_EXPRESSIONS {
            let prefix = string.prefix;
            return Err(self.said(format!("{prefix}-string: expressions nested too deeply")));
        }
        self.strings[index].in_text = false;
        Ok(())
    }

    /// Reads text to where a token ends; gives back the end of the token.
    fn text_until(&mut self, index: usize, quote: u8, size: usize) -> Read<usize> {
        let mut named_escape = false;
        loop {
            if (0..size).all(|ahead| self.peek(ahead) == Some(quote)) {
                return Ok(self.at);
            }
            let in_format_spec = self.strings[index].in_format_spec && self.strings[index].expression >= 0;
            let before = (self.at, self.line, self.line_start);
            let byte = self.bump();
            match byte {
                None | Some(b'\n') if byte.is_none() || size == 1 => {
                    if in_format_spec && byte.is_some() {
                        let prefix = self.strings[index].prefix;
                        return Err(self.said(format!(
                            "{prefix}-string: newlines are not allowed in format specifiers for single quoted \
                             {prefix}-strings"
                        )));
                    }
                    return Err(self.unterminated_open(index, size));
                }
                Some(b'{') => {
                    if self.peek(0) == Some(b'{') && !in_format_spec {
                        self.at += 1;
                        return Ok(self.at - 1);
                    }
                    (self.at, self.line, self.line_start) = before;
                    self.enter_expression_at_text_end(index)?;
                    return Ok(self.at);
                }
                Some(b'}') => {
                    if named_escape {
                        return Ok(self.at);
                    }
                    let is_doubled =
                        self.peek(0) == Some(b'}') && !in_format_spec && self.strings[index].brackets == 0;
                    if is_doubled {
                        self.at += 1;
                        return Ok(self.at - 1);
                    }
                    (self.at, self.line, self.line_start) = before;
                    self.strings[index].in_text = false;
                    self.strings[index].in_format_spec = false;
                    return Ok(self.at);
                }
                Some(b'\\') => named_escape |= self.escape(index),
                _ => {}
            }
        }
    }

    fn enter_expression_at_text_end(&mut self, index: usize) -> Read<()> {
        self.enter_expression(index)?;
        self.strings[index].in_format_spec = false;
        Ok(())
    }

    /// Behind a backslash in the text of an f-string; whether a character's name follows.
    fn escape(&mut self, index: usize) -> bool {
        let raw = self.strings[index].raw;
        match self.peek(0) {
            Some(brace @ (b'{' | b'}')) => {
                if !raw {
                    self.warn(literal::invalid_escape(&char::from(brace).to_string(), ""));
                }
                false
            }
            Some(b'N') if !raw => {
                self.bump();
                let is_named = self.peek(0) == Some(b'{');
                if is_named {
                    self.bump();
                }
                is_named
            }
            _ => {
                self.bump();
                false
            }
        }
    }

    fn unterminated_open(&self, index: usize, size: usize) -> Stop {
        let string = &self.strings[index];
        let (prefix, detected) = (string.prefix, self.line);
        let triple = if size == 3 { "triple-quoted " } else { "" };
        let message = format!("unterminated {triple}{prefix}-string literal (detected at line {detected})");
        let column = self.source[string.line_start..string.start].chars().count() as u32 + 1;
        Stop::Said(Said { message, line: string.line, columns: (column, column) })
    }
}
