//! The tokens of CPython's tokenizer, and what it says where it stops.

use super::super::error::ErrorKind;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// An identifier, a soft keyword among them.
    Name,
    /// A keyword.
    Keyword,
    /// A number.
    Number,
    /// A string or bytes literal with its prefix and quotes.
    String,
    /// The end of a logical line.
    Newline,
    /// The start of an indented block.
    Indent,
    /// The end of an indented block.
    Dedent,
    /// The end of the source.
    EndMarker,
    /// The prefix and the opening quotes of an f-string.
    FStringStart,
    /// Text inside an f-string.
    FStringMiddle,
    /// The closing quotes of an f-string.
    FStringEnd,
    /// The same three for template strings.
    TStringStart,
    /// Text inside a template string.
    TStringMiddle,
    /// The closing quotes of a template string.
    TStringEnd,
    /// An operator or a delimiter.
    Operator,
    /// A character that belongs to no token.
    Unknown,
    /// Where the tokenizer stopped.
    Error,
}

/// A token and its place.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Its first byte in the source.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
    /// Where it begins.
    pub from: Point,
    /// Where it ends.
    pub to: Point,
}

/// A place as CPython keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// The line, from 1.
    pub line: u32,
    /// The bytes before it on the line; none for tokens that have no text.
    pub column: Option<u32>,
}

/// Why the tokenizer stopped.
#[derive(Clone, Debug)]
pub enum Stop {
    /// It says itself what is wrong.
    Said(Said),
    /// The source ended within brackets or behind a line continuation.
    EndOfSource,
    /// A line goes back to an indentation that no open block has.
    Dedent,
    /// What the parser says for it, about the line where the tokenizer stands.
    Line(ErrorKind, &'static str),
    /// Something stands behind a line continuation; the bytes before it in the line that CPython counts.
    Continuation(u32),
}

/// A message with its place.
#[derive(Clone, Debug)]
pub struct Said {
    /// What is wrong.
    pub message: String,
    /// The line.
    pub line: u32,
    /// The first and the last column, in characters from 1.
    pub columns: (u32, u32),
}
