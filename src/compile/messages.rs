//! The parser's errors in CPython's words, where the two mean the same.

use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_parser::{LexicalErrorType, ParseError, ParseErrorType};
use ruff_text_size::{Ranged, TextSize};

use super::error::{CompileError, ErrorKind};
use crate::text::{ByteOffset, SourceFile};

/// The parser's words and CPython's.
const WORDS: &[(&str, &str)] = &[
    (
        "Parameter without a default cannot follow a parameter with a default",
        "parameter without a default follows parameter with a default",
    ),
    ("Only one '/' separator allowed", "/ may appear only once"),
    ("'/' parameter must appear before '*' parameter", "/ must be ahead of *"),
    (
        "Position-only parameter separator not allowed as first parameter",
        "at least one argument must precede /",
    ),
    ("Only one '*' parameter allowed", "* argument may appear only once"),
    ("Parameter cannot follow var-keyword parameter", "arguments cannot follow var-keyword argument"),
    ("Expected one or more keyword parameter after `*` separator", "named arguments must follow bare *"),
    (
        "Invalid decimal integer literal",
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers",
    ),
    (
        "Unparenthesized generator expression cannot be used here",
        "Generator expression must be parenthesized",
    ),
    (
        "Cannot mix t-string literals with string or bytes literals",
        "cannot mix t-string literals with string or bytes literals",
    ),
    (
        "Cannot have both 'except' and 'except*' on the same 'try'",
        "cannot have both 'except' and 'except*' on the same 'try'",
    ),
    (
        "Expected a newline after line continuation character",
        "unexpected character after line continuation character",
    ),
    ("Trailing comma not allowed", "trailing comma not allowed without surrounding parentheses"),
    ("Only single target (not tuple) can be annotated", "only single target (not tuple) can be annotated"),
    ("f-string: expecting `}`", "f-string: expecting '}'"),
    ("f-string: single `}` is not allowed", "f-string: single '}' is not allowed"),
    ("t-string: expecting `}`", "t-string: expecting '}'"),
    ("t-string: single `}` is not allowed", "t-string: single '}' is not allowed"),
    ("Expected a statement", "invalid syntax"),
    ("Expected an expression", "invalid syntax"),
    ("Expected an identifier", "invalid syntax"),
    ("Expected `case` block", "invalid syntax"),
    ("Expected one or more symbol names after import", "invalid syntax"),
    ("Pattern cannot follow a double star pattern", "invalid syntax"),
    ("Starred expression cannot be used here", "invalid syntax"),
    ("Unparenthesized tuple expression cannot be used here", "invalid syntax"),
    ("Unexpected token at the end of an expression", "invalid syntax"),
    ("Simple statements must be separated by newlines or semicolons", "invalid syntax"),
    ("Compound statements are not allowed on the same line as simple statements", "invalid syntax"),
    ("Unexpected indentation", "unexpected indent"),
];

/// What CPython would say.
pub fn translate(error: &ParseError, source: &SourceFile, tokens: &Tokens) -> CompileError {
    let range = error.location.start().to_u32()..error.location.end().to_u32();
    let line = |offset: TextSize| source.lines().line(ByteOffset(offset.to_u32())).0;
    let said = error.error.to_string();
    let syntax = |message: String| CompileError::syntax(message, range.clone());
    match &error.error {
        ParseErrorType::UnexpectedIndentation
        | ParseErrorType::Lexical(LexicalErrorType::IndentationError)
            if has_mixed_tabs(tokens, source.text(), error.location.end()) =>
        {
            let message = "inconsistent use of tabs and spaces in indentation".to_owned();
            CompileError { kind: ErrorKind::Tab, message, range }
        }
        ParseErrorType::UnexpectedIndentation => {
            let kind = ErrorKind::Indentation;
            CompileError { kind, message: "unexpected indent".to_owned(), range }
        }
        ParseErrorType::Lexical(LexicalErrorType::IndentationError) => {
            CompileError { kind: ErrorKind::Indentation, message: said, range }
        }
        ParseErrorType::Lexical(LexicalErrorType::Eof) => match open_bracket(tokens) {
            Some((bracket, at)) => {
                let at = at.to_u32();
                CompileError::syntax(format!("'{bracket}' was never closed"), at..at + 1)
            }
            None => syntax("unexpected EOF while parsing".to_owned()),
        },
        ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError) => {
            let at = error.location.start();
            let text = source.text().get(at.to_usize()..).unwrap_or_default();
            let quotes = text.trim_start_matches(|character: char| character.is_ascii_alphabetic());
            let triple = quotes.starts_with("\"\"\"") || quotes.starts_with("'''");
            let (what, end) = if triple {
                ("triple-quoted string", source.text().trim_end().len())
            } else {
                ("string", at.to_usize())
            };
            let line = line(TextSize::new(end as u32));
            syntax(format!("unterminated {what} literal (detected at line {line})"))
        }
        ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { tok }) if !tok.is_ascii() => {
            syntax(format!("invalid character '{tok}' (U+{:04X})", *tok as u32))
        }
        ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { .. }) => {
            syntax("invalid syntax".to_owned())
        }
        ParseErrorType::ExpectedToken { expected: TokenKind::Colon, .. } => syntax("expected ':'".to_owned()),
        ParseErrorType::ExpectedToken { .. } => syntax("invalid syntax".to_owned()),
        ParseErrorType::OtherError(said) if said.starts_with("Expected an indented block after") => {
            let message = expected_block(said, line(header(tokens, error.location.start())));
            CompileError { kind: ErrorKind::Indentation, message, range }
        }
        _ if said.starts_with("Expected an identifier, but found a keyword") => {
            syntax("invalid syntax".to_owned())
        }
        _ => {
            let words = WORDS.iter().find(|(theirs, _)| *theirs == said);
            syntax(words.map_or(said, |(_, cpythons)| (*cpythons).to_owned()))
        }
    }
}

/// `Expected an indented block after …` as CPython says it.
fn expected_block(said: &str, line: u32) -> String {
    let what = said.trim_start_matches("Expected an indented block after ");
    let what = match what.split('`').nth(1) {
        Some("class") => "class definition".to_owned(),
        Some(keyword) => format!("'{keyword}' statement"),
        None => what.to_owned(),
    };
    format!("expected an indented block after {what} on line {line}")
}

/// Where the logical line before `at` starts.
fn header(tokens: &Tokens, at: TextSize) -> TextSize {
    let before = tokens.iter().take_while(|token| token.start() < at);
    let (mut current, mut previous) = (None, None);
    for token in before {
        match token.kind() {
            TokenKind::Newline => previous = current.take().or(previous),
            TokenKind::NonLogicalNewline | TokenKind::Comment | TokenKind::Indent | TokenKind::Dedent => {}
            _ => _ = current.get_or_insert(token.start()),
        }
    }
    previous.unwrap_or(at)
}

/// The innermost bracket that is still open at the end.
fn open_bracket(tokens: &Tokens) -> Option<(char, TextSize)> {
    let mut open = Vec::new();
    for token in tokens {
        match token.kind() {
            TokenKind::Lpar => open.push(('(', token.start())),
            TokenKind::Lsqb => open.push(('[', token.start())),
            TokenKind::Lbrace => open.push(('{', token.start())),
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => _ = open.pop(),
            _ => {}
        }
    }
    open.pop()
}

/// Whether the indentation of some line up to `until` means one thing with a tab every eight columns
/// and another with a tab that is as wide as a space.
fn has_mixed_tabs(tokens: &Tokens, source: &str, until: TextSize) -> bool {
    let mut open = vec![(0, 0)];
    let mut starts_line = true;
    for token in tokens.iter().take_while(|token| token.start() <= until) {
        match token.kind() {
            TokenKind::Newline => starts_line = true,
            TokenKind::NonLogicalNewline | TokenKind::Comment | TokenKind::Indent | TokenKind::Dedent => {}
            _ if !std::mem::take(&mut starts_line) => {}
            _ => {
                let before = &source[..token.start().to_usize()];
                let indent = widths(&before[before.rfind('\n').map_or(0, |at| at + 1)..]);
                while open.len() > 1 && indent.0 < open[open.len() - 1].0 {
                    open.pop();
                }
                let top = open[open.len() - 1];
                if indent.0.cmp(&top.0) != indent.1.cmp(&top.1) {
                    return true;
                }
                if indent.0 > top.0 {
                    open.push(indent);
                }
            }
        }
    }
    false
}

/// The width of an indentation, with wide tabs and with narrow ones.
fn widths(indent: &str) -> (usize, usize) {
    indent.bytes().fold((0, 0), |(wide, narrow), byte| match byte {
        b'\t' => (wide / 8 * 8 + 8, narrow + 1),
        b'\x0c' => (0, 0),
        _ => (wide + 1, narrow + 1),
    })
}
