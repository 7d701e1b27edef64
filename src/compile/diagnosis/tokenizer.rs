//! CPython's tokenizer, one token at a time: where it stops and what it says are part of the language's
//! error messages, and the parser may fail before it gets so far.

use super::super::error::{ErrorKind, Warning};
use super::stream::LineState;
use super::token::{Kind, Point, Said, Stop, Token};
use crate::text::unicode;

/// Open brackets.
const MAX_LEVEL: usize = 200;
/// Indented blocks, the module itself included.
const MAX_INDENT: usize = 100;
/// f-strings and template strings inside one another.
pub(super) const MAX_STRINGS: usize = 150;

/// Every word that is no name.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
    "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Operators of more than one character, the longer first.
const OPERATORS: &[&str] = &[
    "**=", "//=", ">>=", "<<=", "...", "!=", "%=", "&=", "**", "*=", "+=", "-=", "->", "//", "/=", ":=",
    "<<", "<=", "==", ">=", ">>", "@=", "^=", "|=",
];

/// Operators and delimiters of one character.
const CHARACTERS: &[u8] = b"%&()*+,-./:;<=>@[]^{|}~!";

/// An f-string or a template string that is open.
#[derive(Clone, Debug)]
pub(super) struct OpenString {
    /// `f` or `t`.
    pub prefix: char,
    pub quote: u8,
    pub quote_size: usize,
    pub raw: bool,
    /// Its first byte, and the line of it.
    pub start: usize,
    pub line: u32,
    pub line_start: usize,
    /// Whether its text is read, not an expression in it.
    pub in_text: bool,
    pub in_format_spec: bool,
    /// Brackets open in its expressions, and how many were when the innermost expression began.
    pub brackets: i32,
    pub expression: i32,
    pub has_debug: bool,
}

/// A bracket that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bracket {
    /// `(`, `[` or `{`.
    pub character: char,
    /// Its line.
    pub line: u32,
    /// The bytes before it on the line.
    pub column: u32,
}

/// What is left of a source, and what is open in it.
#[derive(Debug)]
pub struct Tokenizer<'a> {
    pub(super) text: &'a [u8],
    pub(super) source: &'a str,
    pub(super) at: usize,
    /// Where the token began that was read last, or that could not be read.
    pub(super) begun: usize,
    pub(super) line: u32,
    pub(super) line_start: usize,
    /// Whether the indentation of a line comes next.
    starts_line: bool,
    /// Where the last line began that began outside of tokens; CPython keeps the source from there.
    buffer_start: usize,
    indents: Vec<(usize, usize)>,
    /// Blocks to be opened or closed by tokens.
    pending: i32,
    brackets: Vec<Bracket>,
    pub(super) strings: Vec<OpenString>,
    /// Whether the end was reached.
    at_end: bool,
    /// Whether brackets need not match, and any letter may stand in a name: the parser is not asked.
    pub(super) lenient: bool,
    /// Numbers with a keyword right behind them, and escapes in f-strings that are none.
    pub(super) warnings: Vec<Warning>,
}

pub(super) type Read<T> = Result<T, Stop>;

/// A token's kind and bytes; none for the text of those that CPython gives none.
pub(super) type Found = (Kind, Option<(usize, usize)>);

impl<'a> Tokenizer<'a> {
    /// For a source.
    pub fn new(source: &'a str) -> Self {
        Self {
            text: source.as_bytes(),
            source,
            at: 0,
            begun: 0,
            line: 1,
            line_start: 0,
            starts_line: true,
            buffer_start: 0,
            indents: vec![(0, 0)],
            pending: 0,
            brackets: Vec::new(),
            strings: Vec::new(),
            at_end: false,
            lenient: false,
            warnings: Vec::new(),
        }
    }

    /// For lines that come one after the other, of which these are the next.
    pub(super) fn of_lines(source: &'a str, state: &LineState) -> Self {
        let (indents, brackets) = (state.indents.clone(), state.brackets.clone());
        Self { line: state.line, indents, brackets, lenient: true, ..Self::new(source) }
    }

    /// What stands open where the line of this number begins.
    pub(super) fn line_state(&self, line: u32) -> LineState {
        LineState { line, indents: self.indents.clone(), brackets: self.brackets.clone() }
    }

    /// Whether more was wanted than there is.
    pub(super) const fn has_seen_end(&self) -> bool {
        self.at_end
    }

    /// The beginning of the token that could not be read: the byte before its column counts as its first.
    pub(super) fn begun_token(&self) -> Token {
        self.token(Kind::Error, Some((self.begun, self.begun)), self.line_of(self.begun))
    }

    /// The innermost bracket that is open.
    pub fn open_bracket(&self) -> Option<Bracket> {
        self.brackets.last().copied()
    }

    /// Where the tokenizer stands: the line, and the bytes of it that were read.
    pub fn position(&self) -> (u32, u32) {
        (self.line, (self.at - self.line_start.min(self.at)) as u32)
    }

    /// Whether an f-string or a template string is open.
    pub fn is_in_string(&self) -> bool {
        !self.strings.is_empty()
    }

    /// Whether a backslash is one in the innermost of them.
    pub fn is_in_raw_string(&self) -> bool {
        self.strings.last().is_some_and(|string| string.raw)
    }

    /// The next token; at the end always the same.
    pub fn next(&mut self) -> Result<Token, (Token, Stop)> {
        let in_text = self.strings.last().is_some_and(|string| string.in_text);
        let found = if in_text { self.string_text() } else { self.plain() };
        match found {
            Ok((kind, range)) => {
                let line = range.map_or((self.line, self.line_start), |(start, _)| self.line_of(start));
                Ok(self.token(kind, range, line))
            }
            Err(stop) => Err((self.token(Kind::Error, None, (self.line, self.line_start)), stop)),
        }
    }

    /// The line on which a byte stands that was read already, and its start.
    fn line_of(&self, byte: usize) -> (u32, usize) {
        if byte >= self.line_start {
            return (self.line, self.line_start);
        }
        let lines = self.source[byte..self.line_start].matches('\n').count() as u32;
        (self.line - lines, self.source[..byte].rfind('\n').map_or(0, |at| at + 1))
    }

    fn token(&self, kind: Kind, range: Option<(usize, usize)>, (line, line_start): (u32, usize)) -> Token {
        let column = |at: usize, line_start: usize| (at >= line_start).then(|| (at - line_start) as u32);
        let (start, end) = range.unwrap_or((self.at, self.at));
        Token {
            kind,
            start,
            end,
            from: Point { line, column: range.and_then(|_| column(start, line_start)) },
            to: Point { line: self.line, column: range.and_then(|_| column(end, self.line_start)) },
        }
    }

    /// The next byte; none at the end.  Goes on to the next line where one ends.
    pub(super) fn bump(&mut self) -> Option<u8> {
        let byte = self.text.get(self.at).copied();
        let Some(byte) = byte else {
            self.at_end = true;
            return None;
        };
        if self.at > self.line_start && self.text[self.at - 1] == b'\n' {
            self.line += 1;
            self.line_start = self.at;
        }
        self.at += 1;
        Some(byte)
    }

    /// The byte that comes next, without going there.
    pub(super) fn peek(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    /// What CPython says about everything up to where it stands.
    pub(super) fn said(&self, message: impl Into<String>) -> Stop {
        let column = self.source_columns(self.line_start, self.at);
        Stop::Said(Said { message: message.into(), line: self.line, columns: (column, column) })
    }

    /// Characters in a range of bytes whose ends may lie within one.
    fn source_columns(&self, from: usize, to: usize) -> u32 {
        self.text[from.min(to)..to].iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u32
    }

    /// A token where no text of an f-string is read.
    pub(super) fn plain(&mut self) -> Read<Found> {
        loop {
            let mut blank_line = false;
            if std::mem::take(&mut self.starts_line) {
                blank_line = self.indentation()?;
            }
            if self.pending != 0 {
                let kind = if self.pending < 0 { Kind::Dedent } else { Kind::Indent };
                self.pending -= self.pending.signum();
                return Ok((kind, None));
            }
            if let Some(found) = self.in_line(blank_line)? {
                return Ok(found);
            }
        }
    }

    /// Reads the white space at the start of a line; whether there is nothing else on it.
    fn indentation(&mut self) -> Read<bool> {
        let (mut column, mut narrow, mut continued) = (0, 0, 0);
        loop {
            self.enter_line();
            self.buffer_start = self.line_start;
            match self.peek(0) {
                Some(b' ') => (column, narrow) = (column + 1, narrow + 1),
                Some(b'\t') => (column, narrow) = (column / 8 * 8 + 8, narrow + 1),
                Some(b'\x0c') => (column, narrow) = (0, 0),
                Some(b'\\') => {
                    if continued == 0 {
                        continued = column;
                    }
                    self.bump();
                    self.continuation()?;
                    continue;
                }
                _ => break,
            }
            self.bump();
        }
        if matches!(self.peek(0), Some(b'#' | b'\n')) {
            return Ok(true);
        }
        if !self.brackets.is_empty() {
            return Ok(false);
        }
        if continued != 0 {
            (column, narrow) = (continued, continued);
        }
        let tab_error = Stop::Line(ErrorKind::Tab, "inconsistent use of tabs and spaces in indentation");
        let top = self.indents[self.indents.len() - 1];
        if column > top.0 {
            if self.indents.len() >= MAX_INDENT {
                self.skip_line();
                return Err(Stop::Line(ErrorKind::Indentation, "too many levels of indentation"));
            }
            if narrow <= top.1 {
                self.skip_line();
                return Err(tab_error);
            }
            self.pending += 1;
            self.indents.push((column, narrow));
            return Ok(false);
        }
        while self.indents.len() > 1 && column < self.indents[self.indents.len() - 1].0 {
            self.pending -= 1;
            self.indents.pop();
        }
        let top = self.indents[self.indents.len() - 1];
        if column != top.0 {
            self.skip_line();
            return Err(Stop::Dedent);
        }
        if narrow != top.1 {
            self.skip_line();
            return Err(tab_error);
        }
        Ok(false)
    }

    /// Counts the line on which the next byte stands.
    fn enter_line(&mut self) {
        if self.at < self.text.len() && self.at > self.line_start && self.text[self.at - 1] == b'\n' {
            self.line += 1;
            self.line_start = self.at;
        }
    }

    fn skip_line(&mut self) {
        while self.peek(0).is_some_and(|byte| byte != b'\n') {
            self.bump();
        }
        self.bump();
    }

    /// Behind a backslash: the line must end, and another follow.
    fn continuation(&mut self) -> Read<()> {
        if self.peek(0) != Some(b'\n') {
            self.bump();
            return Err(Stop::Continuation((self.at - self.buffer_start).saturating_sub(1) as u32));
        }
        self.bump();
        if self.peek(0).is_none() {
            return Err(Stop::EndOfSource);
        }
        self.enter_line();
        Ok(())
    }

    /// A token on the line where the tokenizer stands; none where the line is to be left.
    fn in_line(&mut self, blank_line: bool) -> Read<Option<Found>> {
        loop {
            while matches!(self.peek(0), Some(b' ' | b'\t' | b'\x0c')) {
                self.bump();
            }
            let start = self.at;
            self.begun = start;
            if self.peek(0) == Some(b'#') {
                while self.peek(0).is_some_and(|byte| byte != b'\n') {
                    self.bump();
                }
            }
            let Some(byte) = self.bump() else {
                return self.end_of_source().map(Some);
            };
            return match byte {
                b'\n' => {
                    self.starts_line = true;
                    if blank_line || !self.brackets.is_empty() {
                        return Ok(None);
                    }
                    Ok(Some((Kind::Newline, Some((start, self.at)))))
                }
                b'\\' => {
                    self.continuation()?;
                    continue;
                }
                b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => self.word(start).map(Some),
                b'0'..=b'9' => self.number(start, byte).map(Some),
                b'.' if self.peek(0).is_some_and(|byte| byte.is_ascii_digit()) => {
                    self.number(start, byte).map(Some)
                }
                b'\'' | b'"' => self.string(start, byte).map(Some),
                _ => self.operator(start, byte).map(Some),
            };
        }
    }

    fn end_of_source(&mut self) -> Read<Found> {
        if !self.brackets.is_empty() {
            return Err(Stop::EndOfSource);
        }
        Ok((Kind::EndMarker, None))
    }

    /// A name, a keyword, or the string to which the letters are the prefix.
    fn word(&mut self, start: usize) -> Read<Found> {
        let length = self.text[start..]
            .iter()
            .position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_' && *byte < 0x80)
            .unwrap_or(self.text.len() - start);
        let word = &self.source[start..start + length];
        if let (Some(quote @ (b'\'' | b'"')), Some(prefix)) =
            (self.text.get(start + length).copied(), Prefix::of(word))
        {
            self.at = start + length + 1;
            return match prefix {
                Prefix::Wrong(first, second) => {
                    let from = self.source_columns(self.line_start, start) + 1;
                    Err(Stop::Said(Said {
                        message: format!("'{first}' and '{second}' prefixes are incompatible"),
                        line: self.line,
                        columns: (from, from + length as u32),
                    }))
                }
                Prefix::Plain => self.string(start, quote),
                Prefix::Open { letter, raw } => self.open_string(start, quote, letter, raw),
            };
        }
        self.at = start + length;
        if !word.is_ascii() && !self.lenient {
            self.check_identifier(start, word)?;
        }
        let kind = if KEYWORDS.contains(&word) { Kind::Keyword } else { Kind::Name };
        Ok((kind, Some((start, start + length))))
    }

    fn check_identifier(&mut self, start: usize, word: &str) -> Read<()> {
        let is_part = |(index, character): (usize, char)| {
            let point = character as u32;
            if index == 0 {
                character == '_' || unicode::is_identifier_start(point)
            } else {
                unicode::is_identifier_continue(point)
            }
        };
        let Some((at, bad)) = word.char_indices().find(|part| !is_part(*part)) else { return Ok(()) };
        self.at = start + at + bad.len_utf8();
        Err(self.bad_character(bad))
    }

    fn bad_character(&self, bad: char) -> Stop {
        let point = bad as u32;
        if unicode::is_printable(point) {
            self.said(format!("invalid character '{bad}' (U+{point:04X})"))
        } else {
            self.said(format!("invalid non-printable character U+{point:04X}"))
        }
    }

    fn operator(&mut self, start: usize, byte: u8) -> Read<Found> {
        if let Some(found) = self.punctuation_in_string(start, byte) {
            return Ok(found);
        }
        let rest = &self.text[start..];
        if let Some(operator) = OPERATORS.iter().find(|operator| rest.starts_with(operator.as_bytes())) {
            self.at = start + operator.len();
            return Ok((Kind::Operator, Some((start, self.at))));
        }
        match byte {
            b'(' | b'[' | b'{' => self.open(start, byte)?,
            b')' | b']' | b'}' => self.close(byte)?,
            _ => {}
        }
        if !(b' '..=b'~').contains(&byte) {
            return Err(self.bad_character(char::from(byte)));
        }
        if byte == b'='
            && let Some(string) = self.strings.last_mut().filter(|string| string.expression >= 0)
        {
            string.has_debug = true;
        }
        let kind = if CHARACTERS.contains(&byte) { Kind::Operator } else { Kind::Unknown };
        Ok((kind, Some((start, self.at))))
    }

    fn open(&mut self, start: usize, byte: u8) -> Read<()> {
        if self.brackets.len() >= MAX_LEVEL {
            return Err(self.said("too many nested parentheses"));
        }
        let column = (start - self.line_start) as u32;
        self.brackets.push(Bracket { character: char::from(byte), line: self.line, column });
        if let Some(string) = self.strings.last_mut() {
            string.brackets += 1;
        }
        Ok(())
    }

    fn close(&mut self, byte: u8) -> Read<()> {
        let closing = char::from(byte);
        if let Some(string) = self.strings.last().filter(|string| string.brackets == 0 && closing == '}') {
            return Err(self.said(format!("{}-string: single '}}' is not allowed", string.prefix)));
        }
        let Some(open) = self.brackets.pop() else {
            if self.lenient {
                return Ok(());
            }
            return Err(self.said(format!("unmatched '{closing}'")));
        };
        let matches = matches!((open.character, closing), ('(', ')') | ('[', ']') | ('{', '}'));
        if !matches && !self.lenient {
            let string = self.strings.last();
            if let Some(string) =
                string.filter(|string| open.character == '{' && string.brackets - 1 == string.expression)
            {
                return Err(self.said(format!("{}-string: unmatched '{closing}'", string.prefix)));
            }
            let mismatch = format!(
                "closing parenthesis '{closing}' does not match opening parenthesis '{}'",
                open.character
            );
            return Err(self.said(if open.line == self.line {
                mismatch
            } else {
                format!("{mismatch} on line {}", open.line)
            }));
        }
        let Some(string) = self.strings.last_mut() else { return Ok(()) };
        string.brackets -= 1;
        if string.brackets < 0 {
            let prefix = string.prefix;
            return Err(self.said(format!("{prefix}-string: unmatched '{closing}'")));
        }
        if closing == '}' && string.brackets == string.expression {
            string.expression -= 1;
            string.in_text = true;
            string.in_format_spec = false;
            string.has_debug = false;
        }
        Ok(())
    }

    pub(super) fn warn(&mut self, message: String) {
        let start = self.line_start as u32;
        self.warnings.push(Warning { message, range: start..start, refused: None });
    }
}

/// The letters before a quote.
enum Prefix {
    Plain,
    Open {
        letter: char,
        raw: bool,
    },
    /// Two letters that do not go together.
    Wrong(char, char),
}

impl Prefix {
    fn of(word: &str) -> Option<Self> {
        const PAIRS: [(char, char); 7] =
            [('u', 'b'), ('u', 'r'), ('u', 'f'), ('u', 't'), ('b', 'f'), ('b', 't'), ('f', 't')];
        let letters = word.to_ascii_lowercase();
        let has = |letter: char| letters.contains(letter);
        let is_repeated = |(at, letter): (usize, char)| letters[..at].contains(letter);
        if !letters.chars().all(|letter| "burft".contains(letter)) || letters.char_indices().any(is_repeated)
        {
            return None;
        }
        if let Some((first, second)) = PAIRS.into_iter().find(|(first, second)| has(*first) && has(*second)) {
            return Some(Self::Wrong(first, second));
        }
        let letter = ['f', 't'].into_iter().find(|letter| has(*letter));
        Some(letter.map_or(Self::Plain, |letter| Self::Open { letter, raw: has('r') }))
    }
}
