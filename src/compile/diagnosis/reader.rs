//! Reads all tokens of a source, and decides between what the tokenizer and what the parser says.

use std::borrow::Cow;
use std::ops::Range;

use super::super::error::{CompileError, ErrorKind, ErrorPlace, Place, Warning};
use super::literal::{self, Literal};
use super::mistakes::{FORGOTTEN_COMMA, NEVER_CLOSED};
use super::token::{Kind, Point, Said, Stop, Token};
use super::tokenizer::{Bracket, Tokenizer};

/// An error, and the byte where CPython's parser stands when it finds it.
type Found = (usize, CompileError);

/// A source whose tokens were read, as far as there are any.
pub struct Reader<'a> {
    text: Cow<'a, str>,
    /// The first literal that is none.
    wrong_literal: Option<Found>,
    /// A `!=` where it has to be `<>`.
    pub refused_operator: Option<Found>,
    /// Where `<>` stands for `!=`.
    pub not_equals: Vec<usize>,
    /// A `<>` that no import asks for.
    angle_brackets: Vec<Found>,
    /// What CPython warns about on the way.
    pub warnings: Vec<Warning>,
    /// Whether it is read as a file, whose last line ends even if no line end stands there.
    is_file: bool,
    /// The tokens, and the line and the bytes of it that were read with each.
    tokens: Vec<(Token, (u32, u32))>,
    stopped: Option<Stopped>,
}

/// Where the tokenizer stopped.
struct Stopped {
    stop: Stop,
    /// In bytes.
    at: usize,
    /// Where the token begins that it could not read.
    begun: usize,
    /// The token that stands for it.
    token: Token,
    /// The line and the bytes of it that were read.
    position: (u32, u32),
    /// The innermost bracket that is open.
    bracket: Option<Bracket>,
    /// Whether an f-string or a template string is open.
    in_string: bool,
}

impl<'a> Reader<'a> {
    /// Reads a source; what was typed at a prompt need not end its last line.
    pub fn read(text: &'a str, at_prompt: bool, has_flufl: bool) -> Self {
        // The last line of a file ends, even if it does not.
        let is_cut = !at_prompt && !text.ends_with('\n');
        let text = if is_cut { Cow::Owned(format!("{text}\n")) } else { Cow::Borrowed(text) };
        let mut reader = Self {
            text: Cow::Borrowed(""),
            wrong_literal: None,
            refused_operator: None,
            not_equals: Vec::new(),
            angle_brackets: Vec::new(),
            warnings: Vec::new(),
            is_file: !at_prompt,
            tokens: Vec::new(),
            stopped: None,
        };
        let mut tokenizer = Tokenizer::new(&text);
        let mut operators = Operators { has_flufl, words: Vec::new(), less: None };
        loop {
            let next = tokenizer.next();
            reader.warnings.append(&mut tokenizer.warnings);
            reader.tokens.extend(next.as_ref().ok().map(|token| (*token, tokenizer.position())));
            match next {
                Ok(token) if token.kind == Kind::EndMarker => break,
                Ok(token) => {
                    reader.literal(&text, token);
                    reader.middle(&text, token, tokenizer.is_in_raw_string());
                    reader.operator(&text, token, &mut operators);
                }
                Err((token, stop)) => {
                    reader.stopped = Some(Stopped {
                        at: match stop {
                            // The line was skipped.
                            Stop::Dedent | Stop::Line(..) => {
                                tokenizer.at.saturating_sub(tokenizer.position().1 as usize)
                            }
                            Stop::Said(_) | Stop::EndOfSource | Stop::Continuation(_) => tokenizer.at,
                        },
                        stop,
                        begun: tokenizer.begun,
                        token,
                        position: tokenizer.position(),
                        bracket: tokenizer.open_bracket(),
                        in_string: tokenizer.is_in_string(),
                    });
                    break;
                }
            }
        }
        reader.text = text;
        reader
    }

    /// Looks into a string or bytes literal.
    fn literal(&mut self, text: &str, token: Token) {
        if token.kind != Kind::String || self.wrong_literal.is_some() {
            return;
        }
        let Literal { is_bytes, is_raw, start, content } = Literal::of(&text[token.start..token.end]);
        let mut refuse = |message: String| {
            let error = CompileError::at(ErrorKind::Syntax, message, place(text, token.from, token.to));
            self.wrong_literal = Some((token.start, error));
        };
        if is_bytes && !content.is_ascii() {
            return refuse("bytes can only contain ASCII literal characters".to_owned());
        }
        if is_raw {
            return;
        }
        if let Some(message) = literal::wrong_escape(content, is_bytes) {
            return refuse(message);
        }
        if let Some((at, length, message)) = literal::first_invalid_escape(content, is_bytes) {
            let at = (token.start + start + at) as u32;
            self.warnings.push(Warning { message, range: at..at + length as u32, refused: None });
        }
    }

    /// Looks into the text between the expressions of an f-string or template string.
    fn middle(&mut self, text: &str, token: Token, is_raw: bool) {
        let is_middle = matches!(token.kind, Kind::FStringMiddle | Kind::TStringMiddle);
        if !is_middle || is_raw || self.wrong_literal.is_some() {
            return;
        }
        if let Some(message) = literal::wrong_escape(&text[token.start..token.end], false) {
            let error = CompileError::at(ErrorKind::Syntax, message, place(text, token.from, token.to));
            self.wrong_literal = Some((token.start, error));
        }
    }

    /// Looks for `<>` and `!=`, and for the import that makes the one of the other.
    fn operator(&mut self, text: &str, token: Token, operators: &mut Operators) {
        let word = &text[token.start..token.end];
        if token.kind == Kind::Newline {
            operators.words.clear();
        } else if operators.words.len() < FUTURE.len() {
            operators.words.push(word.to_owned());
        }
        if operators.words == FUTURE && word == "barry_as_FLUFL" {
            operators.has_flufl = true;
        }
        let less = operators.less.take();
        match word {
            "<" if token.kind == Kind::Operator => operators.less = Some(token),
            ">" if operators.has_flufl && less.is_some_and(|less| less.end == token.start) => {
                self.not_equals.push(token.start - 1);
            }
            ">" => {
                let less = less.filter(|less| less.end == token.start);
                self.angle_brackets.extend(less.map(|less| {
                    let message = "invalid syntax.  Maybe you meant '!=' instead of '<>'?";
                    let place = place(text, less.from, token.to);
                    (token.start, CompileError::at(ErrorKind::Syntax, message, place))
                }));
            }
            "!=" if operators.has_flufl && self.refused_operator.is_none() => {
                let message = "with Barry as BDFL, use '<>' instead of '!='";
                let error = CompileError::at(ErrorKind::Syntax, message, place(text, token.from, token.to));
                self.refused_operator = Some((token.start, error));
            }
            _ => {}
        }
    }

    /// What is wrong, given what the parser says.
    pub fn verdict(&self, refused: Option<CompileError>) -> Option<CompileError> {
        let refused = refused.filter(|error| self.stopped.is_none() || !is_of_tokenizer(error));
        if let Some(stopped) = &self.stopped
            && refused.as_ref().is_some_and(|error| error.message == NEVER_CLOSED)
        {
            return self.stop_error(stopped);
        }
        let last_line = refused.as_ref().map_or(0, |error| self.last_line(error));
        let refused = refused.map(|error| self.placed(error)).map(|(at, error)| {
            let here = self.angle_brackets.iter().find(|(known, _)| *known == at);
            here.cloned().unwrap_or((at, error))
        });
        let earlier = |one: Found, other: Found| if other.0 < one.0 { other } else { one };
        let parser = [self.wrong_literal.clone(), refused].into_iter().flatten().reduce(earlier);
        let Some(stopped) = &self.stopped else { return parser.map(|(_, error)| error) };
        let is_indent = parser.as_ref().is_some_and(|(at, error)| {
            error.kind == ErrorKind::Indentation && error.message == "unexpected indent" && *at < stopped.at
        });
        // What a string's own quotes say further on does not replace an error in one of its expressions.
        let is_inside = stopped.in_string && parser.as_ref().is_some_and(|(at, _)| *at < stopped.begun);
        if let Stop::Said(said) = &stopped.stop
            && !is_inside
            && !is_indent
        {
            return Some(said_error(said));
        }
        let is_end = matches!(stopped.stop, Stop::EndOfSource);
        match parser {
            // At the end CPython's parser has something to say only of what stands before it.
            Some((at, error)) if is_end && !self.text.get(at..).unwrap_or_default().trim().is_empty() => {
                Some(self.or_never_closed(stopped, error, last_line))
            }
            // An error that has no words of its own gives way to what the tokenizer says further on.
            Some((at, error))
                if matches!(stopped.stop, Stop::Continuation(_))
                    && (is_plain(&error) || at >= stopped.begun) =>
            {
                self.stop_error(stopped)
            }
            Some((at, error)) if !is_end && at < stopped.at => {
                Some(self.or_never_closed(stopped, error, last_line))
            }
            Some((_, error)) => Some(self.stop_error(stopped).unwrap_or(error)),
            None => self.stop_error(stopped),
        }
    }

    /// A bracket that was opened on an earlier line than that of the last token the parser has read, and never
    /// closed, is told rather than an error of the parser.
    fn or_never_closed(&self, stopped: &Stopped, error: CompileError, last_line: u32) -> CompileError {
        match stopped.bracket {
            Some(bracket) if last_line > bracket.line => self.never_closed(bracket),
            _ => error,
        }
    }

    /// The line of the last token that the parser has read when it finds an error.
    fn last_line(&self, error: &CompileError) -> u32 {
        let range = match &error.place {
            ErrorPlace::Columns(place) => return place.line,
            ErrorPlace::Nowhere => return 0,
            ErrorPlace::Range(range) => range.start as usize..range.end as usize,
        };
        let from = if error.message == FORGOTTEN_COMMA { range.end } else { range.start };
        let next = self.tokens.iter().map(|(token, _)| token).find(|token| token.end > from);
        let end_line = self.text.get(..range.end).map_or(0, |before| before.matches('\n').count() as u32 + 1);
        next.map_or(end_line, |token| token.from.line.max(end_line))
    }

    fn never_closed(&self, bracket: Bracket) -> CompileError {
        let column = characters(&self.text, bracket.line, bracket.column + 1);
        let place = Place { line: bracket.line, column, end_line: bracket.line, end_column: Some(0) };
        CompileError::at(ErrorKind::Syntax, format!("'{}' was never closed", bracket.character), place)
    }

    /// The error of the tokenizer.
    fn stop_error(&self, stopped: &Stopped) -> Option<CompileError> {
        let (line, read) = stopped.position;
        let at_line = |column: u32| Place { line, column, end_line: line, end_column: Some(0) };
        let at_last = || {
            let mut at = place(&self.text, stopped.token.from, stopped.token.to);
            if stopped.token.from.column.is_none() {
                at.column = characters(&self.text, line, read);
            }
            if stopped.token.to.column.is_none() {
                at.end_column = None;
            }
            at
        };
        let syntax = |message: &str, place| CompileError::at(ErrorKind::Syntax, message, place);
        Some(match &stopped.stop {
            Stop::Said(said) => said_error(said),
            Stop::EndOfSource => match stopped.bracket {
                Some(bracket) => self.never_closed(bracket),
                None => syntax("unexpected EOF while parsing", at_last()),
            },
            Stop::Dedent => {
                let message = "unindent does not match any outer indentation level";
                CompileError::at(ErrorKind::Indentation, message, at_last())
            }
            Stop::Line(kind, message) => CompileError::at(*kind, *message, at_line(1)),
            Stop::Continuation(column) => {
                let column = characters(&self.text, line, column + 1);
                syntax("unexpected character after line continuation character", at_line(column))
            }
        })
    }

    /// The token without text at which CPython's parser finds an error, if it is one: the end of a block or of the
    /// source; with the line and the bytes of it that were read then.
    fn silent_token(&self, error: &CompileError, range: Range<usize>) -> Option<(Kind, (u32, u32))> {
        let is_block = error.message.starts_with("expected an indented block");
        let is_try = error.message.starts_with("expected 'except'");
        if range.start < range.end.min(self.text.len()) && !is_block {
            return None;
        }
        let mut tokens = self.tokens.iter().filter(|(token, _)| token.start >= range.start).copied();
        let is_before = |kind| is_block && kind == Kind::Newline;
        let mut stop = tokens.find(|(token, _)| !is_before(token.kind))?;
        if is_try && stop.0.kind == Kind::Dedent {
            // That is the end of the block behind `try`.
            stop = tokens.next()?;
        }
        let (token, position) = stop;
        matches!(token.kind, Kind::Dedent | Kind::EndMarker).then_some((token.kind, position))
    }

    /// The error that is found there.
    fn at_silent_token(&self, mut error: CompileError, kind: Kind, (line, read): (u32, u32)) -> CompileError {
        let mut place = Place { line, column: 0, end_line: line, end_column: Some(0) };
        if is_plain(&error) && kind == Kind::Dedent {
            error.kind = ErrorKind::Indentation;
            "unexpected unindent".clone_into(&mut error.message);
        }
        if !is_plain(&error) {
            (place.column, place.end_column) = (characters(&self.text, line, read), None);
        }
        error.place = ErrorPlace::Columns(place);
        error
    }

    /// An error of the parser with its place in characters, and its first byte.
    fn placed(&self, mut error: CompileError) -> Found {
        let ErrorPlace::Range(range) = &error.place else { return (0, error) };
        let (start, end) = (range.start as usize, (range.end.max(range.start)) as usize);
        if let Some((kind, position)) = self.silent_token(&error, start.min(self.text.len())..end) {
            return (start, self.at_silent_token(error, kind, position));
        }
        let point = |at: usize| {
            let before = self.text.get(..at).unwrap_or(&self.text);
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            let line = before.matches('\n').count() as u32 + 1;
            (line, before[line_start..].chars().count() as u32 + 1)
        };
        let ((line, column), (end_line, end_column)) = (point(start), point(end));
        let place = match error.kind {
            ErrorKind::Indentation if error.message == "unexpected indent" => {
                Place { line: end_line, column: end_column - 1, end_line, end_column: None }
            }
            // The end of a line has no end that CPython knows.
            ErrorKind::Indentation if self.text.get(start..).is_none_or(|rest| rest.starts_with('\n')) => {
                Place { line, column, end_line: line, end_column: None }
            }
            // What stands at the end of a line is told to stand there.
            _ if end > start && self.text.get(start..).is_none_or(|rest| rest.starts_with('\n')) => {
                Place { line, column, end_line: line, end_column: Some(column + 1) }
            }
            // The end of what is no file has no column.
            _ if !self.is_file
                && start == self.text.len()
                && !self.text.is_empty()
                && !self.text.ends_with('\n') =>
            {
                Place { line, column: 0, end_line: line, end_column: Some(0) }
            }
            // CPython gives a last column that there is not.
            _ if error.message == "':' expected after dictionary key" => {
                Place { line, column, end_line, end_column: Some(0) }
            }
            _ => Place { line, column, end_line, end_column: Some(end_column) },
        };
        error.place = ErrorPlace::Columns(place);
        (start, error)
    }
}

/// The first words of the import that asks for `<>`.
const FUTURE: [&str; 3] = ["from", "__future__", "import"];

/// What is kept from one token to the next.
struct Operators {
    has_flufl: bool,
    /// The first words of the line.
    words: Vec<String>,
    /// A `<` right before.
    less: Option<Token>,
}

/// Whether an error says no more than that a source is no Python.
fn is_plain(error: &CompileError) -> bool {
    error.kind == ErrorKind::Syntax && error.message == "invalid syntax"
}

/// Whether the parser says what only the tokenizer can know: where a string or a line ends.
fn is_of_tokenizer(error: &CompileError) -> bool {
    const OPEN: [&str; 4] = [
        "missing closing quote in string literal",
        "after line continuation character",
        "unexpected EOF while parsing",
        "-string: unterminated",
    ];
    error.kind == ErrorKind::Syntax && OPEN.iter().any(|said| error.message.contains(said))
}

fn said_error(said: &Said) -> CompileError {
    let (line, (column, end_column)) = (said.line, said.columns);
    let place = Place { line, column, end_line: line, end_column: Some(end_column) };
    CompileError::at(ErrorKind::Syntax, said.message.clone(), place)
}

/// A place of which both ends are known; columns are counted in characters from 1, and are 0 for tokens
/// without text.  CPython counts both on the first line.
pub(super) fn place(text: &str, from: Point, to: Point) -> Place {
    let column = |point: Point| point.column.map_or(0, |column| characters(text, from.line, column + 1));
    Place { line: from.line, column: column(from), end_line: to.line, end_column: Some(column(to)) }
}

/// The characters that begin in the first `bytes` bytes of a line; its end counts as one more.
pub(super) fn characters(text: &str, line: u32, bytes: u32) -> u32 {
    let line = text.split_inclusive('\n').nth(line.saturating_sub(1) as usize).unwrap_or_default().as_bytes();
    let inside = &line[..(bytes as usize).min(line.len())];
    let begins = inside.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    begins as u32 + u32::from(bytes as usize > line.len())
}
