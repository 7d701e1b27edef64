//! A source file: its name, its text, and where its lines begin.

use std::borrow::Cow;
use std::rc::Rc;

use memchr::{memchr, memchr2};

use super::encoding::{self, Declared};
use super::error::{CharColumn, SyntaxError, SyntaxErrorKind};
use super::lines::{LineIndex, LineNumber, Span};

/// A program's source as the compiler reads it: valid Unicode, no NUL, `\n` as the only line end.
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: Rc<str>,
    text: Rc<str>,
    lines: LineIndex,
    has_text: bool,
    digit_limit: usize,
}

/// How many digits a decimal literal may have: CPython's default.
const DIGIT_LIMIT: usize = 4300;

impl SourceFile {
    /// Reads the bytes of a file as CPython does: byte order mark, coding cookie (PEP 263), else UTF-8.
    ///
    /// Fails as CPython does where the bytes are not text in their encoding or hold a NUL.
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Self, SyntaxError> {
        let text = decode(name, bytes)?;
        Self::from_text(name, &text)
    }

    /// Takes text that is decoded already, such as that of `-c`; a coding cookie in it means nothing.
    ///
    /// Fails where the text holds a NUL, or is 4 GiB or longer.
    pub fn from_text(name: &str, text: &str) -> Result<Self, SyntaxError> {
        if u32::try_from(text.len()).is_err() {
            return Err(whole_file(name, "source files of 4 GiB and more are not supported".into()));
        }
        // Most texts have neither, and are gone through once for both.
        if memchr2(b'\r', b'\0', text.as_bytes()).is_none() {
            return Ok(Self::of_lines(name, text));
        }
        let text = newlines(text);
        match memchr(b'\0', text.as_bytes()) {
            Some(at) => Err(null_byte(name, &text[..at])),
            None => Ok(Self::of_lines(name, &text)),
        }
    }

    /// A text with `\n` as its only line end, and without NUL.
    fn of_lines(name: &str, text: &str) -> Self {
        Self {
            name: name.into(),
            lines: LineIndex::new(text),
            text: text.into(),
            has_text: true,
            digit_limit: DIGIT_LIMIT,
        }
    }

    /// A source that there is no text of, only places in its lines: what a program builds as a tree.
    pub fn of_places(name: &str, lines: LineIndex) -> Self {
        Self { name: name.into(), lines, text: "".into(), has_text: false, digit_limit: DIGIT_LIMIT }
    }

    /// The same with another limit for the digits of a decimal literal, as `sys.set_int_max_str_digits` sets it; 0
    /// for none.
    #[must_use]
    pub fn with_digit_limit(mut self, limit: usize) -> Self {
        self.digit_limit = limit;
        self
    }

    /// How many digits a decimal literal may have; 0 for any number.
    pub const fn digit_limit(&self) -> usize {
        self.digit_limit
    }

    /// Whether there is a text, be it empty.
    pub const fn has_text(&self) -> bool {
        self.has_text
    }

    /// The name, as it stands in `co_filename`.
    pub fn name(&self) -> &Rc<str> {
        &self.name
    }

    /// The text.
    pub fn text(&self) -> &Rc<str> {
        &self.text
    }

    /// Where the lines begin.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }

    /// The text of `line` without its `\n`; none where there is no such line.
    pub fn line(&self, line: LineNumber) -> Option<&str> {
        let Span { start, end } = self.lines.span(line)?;
        let text = self.text.get(start.index()..end.index())?;
        Some(text.strip_suffix('\n').unwrap_or(text))
    }
}

/// `\r\n` and `\r` end a line as `\n` does.
fn newlines(text: &str) -> Cow<'_, str> {
    match memchr(b'\r', text.as_bytes()) {
        Some(_) => text.replace("\r\n", "\n").replace('\r', "\n").into(),
        None => text.into(),
    }
}

fn decode<'a>(name: &str, bytes: &'a [u8]) -> Result<Cow<'a, str>, SyntaxError> {
    let (marked, body) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(body) => (true, body),
        None => (false, bytes),
    };
    match encoding::declared(body) {
        Declared::Nothing => utf8(name, body, marked),
        Declared::Utf8 => utf8(name, body, true),
        Declared::Other { name: encoding, line } if marked => {
            let message = format!("encoding problem: {encoding} with BOM");
            let text = lossy(lines(body).nth(line).unwrap_or_default());
            let line = line as u32 + 1;
            Err(SyntaxError { line, text: Some(text), ..whole_file(name, message) })
        }
        Declared::Other { name: encoding, line } => {
            // CPython opens the file anew behind the cookie, one byte before the next line.
            let cookie_end = lines(body).take(line + 1).map(|line| line.len() + 1).sum::<usize>();
            encoding::decode(&encoding, body, cookie_end.saturating_sub(1))
                .map(Cow::Owned)
                .map_err(|message| whole_file(name, message))
        }
    }
}

/// `declared`: whether the file says itself, by its mark or its cookie, that it is UTF-8.
fn utf8<'a>(name: &str, bytes: &'a [u8], declared: bool) -> Result<Cow<'a, str>, SyntaxError> {
    let error = match str::from_utf8(bytes) {
        Ok(text) => return Ok(text.into()),
        Err(error) => error,
    };
    let bad = error.valid_up_to();
    let before = lossy(&bytes[..bad]);
    if let Some(at) = before.find('\0') {
        return Err(null_byte(name, &newlines(&before[..at])));
    }
    // CPython reads line by line, and each line ends in a line end, be it one that it adds itself.
    let index = lines(&bytes[..bad]).count() - 1;
    let line = lines(bytes).nth(index).unwrap_or_default();
    let start = bad - lines(&bytes[..bad]).last().unwrap_or_default().len();
    let text = Some(lossy(line));
    if declared {
        let width = error.error_len().unwrap_or(bytes.len() - bad);
        let message =
            format!("(unicode error) {}", encoding::utf8_message(&bytes[bad..], bad - start, width));
        return Err(SyntaxError { line: index as u32 + 1, text, ..whole_file(name, message) });
    }
    // On the second line CPython still counts the first, unless that one may be followed by a cookie.
    let first = lines(bytes).next().unwrap_or_default();
    let number = if index == 1 && !encoding::may_precede_cookie(first) { 1 } else { index as u32 + 1 };
    let message = format!(
        "Non-UTF-8 code starting with '\\x{:02x}' in file {name} on line {number}, but no encoding declared; \
         see https://peps.python.org/pep-0263/ for details",
        bytes[bad]
    );
    let column = Some(CharColumn(lossy(&bytes[start..bad]).chars().count() as u32 + 1));
    Err(SyntaxError { line: number, text, column, ..whole_file(name, message) })
}

/// The lines of `bytes` without their ends; one more than there are line ends.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let all = rest?;
        let Some(end) = all.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            return rest.take();
        };
        let width = if all[end..].starts_with(b"\r\n") { 2 } else { 1 };
        rest = Some(&all[end + width..]);
        Some(&all[..end])
    })
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// `before` is all text before the NUL.
fn null_byte(name: &str, before: &str) -> SyntaxError {
    let line = before.matches('\n').count() as u32 + 1;
    let text = before.rsplit('\n').next().map(str::to_owned);
    SyntaxError { line, text, ..whole_file(name, "source code cannot contain null bytes".into()) }
}

/// An error that CPython tells without naming a place.
fn whole_file(name: &str, message: String) -> SyntaxError {
    SyntaxError {
        kind: SyntaxErrorKind::Syntax,
        message,
        filename: name.into(),
        line: 0,
        text: None,
        column: None,
        end: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> String {
        SourceFile::from_bytes("t.py", bytes).unwrap().text().to_string()
    }

    fn error(bytes: &[u8]) -> String {
        SourceFile::from_bytes("t.py", bytes).unwrap_err().to_string()
    }

    #[test]
    fn bytes_become_text() {
        assert_eq!(text(b""), "");
        assert_eq!(text(b"\xef\xbb\xbfx = 1"), "x = 1");
        assert_eq!(text(b"a\rb\r\nc\n\r"), "a\nb\nc\n\n");
        assert_eq!(text(b"# coding: latin-1\n'\xe9'"), "# coding: latin-1\n'é'");
        assert_eq!(text(b"\xef\xbb\xbf# coding: utf-8\n'\xc3\xa9'"), "# coding: utf-8\n'é'");
    }

    #[test]
    fn lines_come_without_their_end() {
        let file = SourceFile::from_text("t.py", "a\r\nb").unwrap();
        let line = |number| file.line(LineNumber(number));
        assert_eq!((line(0), line(1), line(2), line(3)), (None, Some("a"), Some("b"), None));
    }

    #[test]
    fn text_that_is_not_utf_8_is_told_as_cpython_tells_it() {
        for (bytes, line, shown) in [
            (&b"x=1\ny=\"\xff\""[..], 1, "    y=\"\u{fffd}\"\n       ^\n"),
            (b"#1\ny=\"\xff\"", 2, "    y=\"\u{fffd}\"\n       ^\n"),
            (b"x=1\nx=1\n\"caf\xc3\xa9 \xff\"", 3, "    \"caf\u{e9} \u{fffd}\"\n          ^\n"),
            (b"if (\r\n\r\n\xff", 3, "    \u{fffd}\n    ^\n"),
        ] {
            assert_eq!(
                error(bytes),
                format!(
                    "  File \"t.py\", line {line}\n{shown}SyntaxError: Non-UTF-8 code starting with '\\xff' in file \
                     t.py on line {line}, but no encoding declared; see https://peps.python.org/pep-0263/ for details"
                )
            );
        }
    }

    #[test]
    fn text_that_says_it_is_utf_8_and_is_not() {
        for (bytes, line, shown, message) in [
            (
                &b"# coding: utf-8\nx=\"\xff\""[..],
                2,
                "x=\"\u{fffd}\"",
                "byte 0xff in position 3: invalid start byte",
            ),
            (
                b"# coding: utf-8\nx=\"\xf0\x90\x80\"",
                2,
                "x=\"\u{fffd}\"",
                "bytes in position 3-5: invalid continuation byte",
            ),
            (b"\xef\xbb\xbfx=1;\xff", 1, "x=1;\u{fffd}", "byte 0xff in position 4: invalid start byte"),
            (
                b"# coding: utf-8\nx=\xc3",
                2,
                "x=\u{fffd}",
                "byte 0xc3 in position 2: invalid continuation byte",
            ),
        ] {
            assert_eq!(
                error(bytes),
                format!(
                    "  File \"t.py\", line {line}\n    {shown}\nSyntaxError: (unicode error) 'utf-8' codec can't decode {message}"
                )
            );
        }
    }

    #[test]
    fn other_bytes_that_are_no_source() {
        for (bytes, expected) in [
            (
                &b"x=1\r\ny=\"a\0\xff\""[..],
                "line 2\n    y=\"a\nSyntaxError: source code cannot contain null bytes",
            ),
            (b"\0", "line 1\n    \nSyntaxError: source code cannot contain null bytes"),
            (b"# coding: foo\nx", "line 0\nSyntaxError: unknown encoding: foo"),
            (
                b"# coding: ascii\nx=\"\xff\"",
                "line 0\nSyntaxError: 'ascii' codec can't decode byte 0xff in position 4: ordinal not in range(128)",
            ),
            (
                b"\xef\xbb\xbf# coding: latin-1\nx=1",
                "line 1\n    # coding: latin-1\nSyntaxError: encoding problem: iso-8859-1 with BOM",
            ),
        ] {
            assert_eq!(error(bytes), format!("  File \"t.py\", {expected}"));
        }
    }
}
