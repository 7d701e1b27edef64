//! The parser's errors in CPython's words, where the two mean the same.
//!
//! What CPython's tokenizer finds is not here: `mod.rs` asks the tokenizer itself.

use ruff_python_ast::token::{Token, TokenKind, Tokens};
use ruff_python_parser::{ParseError, ParseErrorType};
use ruff_text_size::{Ranged, TextSize};

use std::ops::Range;

use super::super::error::{CompileError, ErrorKind, ErrorPlace};
use super::mistakes::{self, Told};
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
    ("Pattern cannot follow a double star pattern", "invalid syntax"),
    ("Starred expression cannot be used here", "invalid syntax"),
    ("Unparenthesized tuple expression cannot be used here", "invalid syntax"),
    ("Unexpected token at the end of an expression", "invalid syntax"),
    ("Simple statements must be separated by newlines or semicolons", "invalid syntax"),
    ("Compound statements are not allowed on the same line as simple statements", "invalid syntax"),
    ("Expected `except` or `finally` after `try` block", "expected 'except' or 'finally' block"),
    ("Bytes literal cannot be mixed with non-bytes literals", "cannot mix bytes and nonbytes literals"),
    ("Boolean 'not' expression cannot be used here", "'not' after an operator must be parenthesized"),
    ("Conditional expression cannot be used here", "invalid syntax"),
    ("Exception missing in `raise` statement with cause", "invalid syntax"),
    ("Expected a real number in complex literal pattern", "real number required in complex literal"),
    (
        "Expected an imaginary number in complex literal pattern",
        "imaginary number required in complex literal",
    ),
    ("Expected one or more exception types", "expected one or more exception types"),
    ("Got unexpected token $", "invalid syntax"),
    ("Got unexpected token ?", "invalid syntax"),
    ("Got unexpected token `", "invalid syntax"),
    ("Invalid annotated assignment target", "illegal target for annotation"),
    (
        "Iterable argument unpacking cannot follow keyword argument unpacking",
        "iterable argument unpacking follows keyword argument unpacking",
    ),
    (
        "Multiple exception types must be parenthesized when using `as`",
        "multiple exception types must be parenthesized when using 'as'",
    ),
    ("Only single target (not list) can be annotated", "only single target (not list) can be annotated"),
    (
        "Positional argument cannot follow keyword argument unpacking",
        "positional argument follows keyword argument unpacking",
    ),
    ("Positional argument cannot follow keyword argument", "positional argument follows keyword argument"),
    ("Positional patterns cannot follow keyword patterns", "positional patterns follow keyword patterns"),
    ("Star import must be the only import", "invalid syntax"),
    ("Delete statement must have at least one target", "invalid syntax"),
    ("Global statement must have at least one name", "invalid syntax"),
    ("Nonlocal statement must have at least one name", "invalid syntax"),
];

/// What CPython would say.
pub fn translate(error: &ParseError, source: &SourceFile, tokens: &Tokens) -> CompileError {
    if let Some(Told { message, range }) = mistakes::recognize(error, source.text(), tokens) {
        return CompileError::syntax(message, range);
    }
    let mut range = error.location.start().to_u32()..error.location.end().to_u32();
    let said = error.error.to_string();
    if said == "Only single target (not tuple) can be annotated" {
        range.end = end_of_first(tokens, &range);
    }
    if let Some(range) = plainly(&said, &range, tokens) {
        return CompileError::syntax("invalid syntax", range);
    }
    let (kind, message) = match &error.error {
        ParseErrorType::UnexpectedIndentation => (ErrorKind::Indentation, "unexpected indent".to_owned()),
        ParseErrorType::ExpectedToken { expected: TokenKind::Colon, .. } => {
            (ErrorKind::Syntax, "expected ':'".to_owned())
        }
        ParseErrorType::ExpectedToken { .. } => (ErrorKind::Syntax, "invalid syntax".to_owned()),
        ParseErrorType::OtherError(said) if said.starts_with("Expected an indented block after") => {
            let header = header(tokens, error.location.start());
            let line = source.lines().line(ByteOffset(header.to_u32())).0;
            let words = tokens.iter().skip_while(|token| token.start() < header).map(Token::kind);
            let mut first = words.filter(|kind| *kind != TokenKind::Dedent);
            let is_group = (first.next(), first.next()) == (Some(TokenKind::Except), Some(TokenKind::Star));
            let said = if is_group { said.replace("`except`", "`except*`") } else { said.clone() };
            (ErrorKind::Indentation, expected_block(&said, line))
        }
        _ => {
            let words = WORDS.iter().find(|(theirs, _)| *theirs == said).map(|(_, cpythons)| *cpythons);
            // What the parser would have liked to see there CPython does not tell.
            let unsaid = said.starts_with("Expected ").then_some("invalid syntax");
            (ErrorKind::Syntax, words.or(unsaid).map_or(said, str::to_owned))
        }
    };
    // Where CPython has no words, it shows the token at which its parser stopped.
    let is_silent = error.location.is_empty();
    let mut here = tokens.iter().filter(|token| token.start() == error.location.start());
    let stopped = here.find(|token| is_silent || !token.range().is_empty());
    let range = match stopped {
        Some(token) if message == "invalid syntax" => range.start..token.end().to_u32(),
        Some(_) | None => range,
    };
    CompileError::new(kind, message, ErrorPlace::Range(range))
}

/// Errors for which CPython has no words, where it stops at another token than the parser: that token.
fn plainly(said: &str, range: &Range<u32>, tokens: &Tokens) -> Option<Range<u32>> {
    let from = |offset: u32| tokens.iter().filter(move |token| token.start().to_u32() >= offset);
    let first = from(range.start).next()?;
    let token = match said {
        "Yield expression cannot be used here" | "Await expression cannot be used here" => first,
        "Star import cannot be parenthesized" => {
            from(range.start).find(|token| token.kind() == TokenKind::Star)?
        }
        "Star pattern cannot be used here" => from(range.end).next()?,
        // `type X` can only be the statement.
        "Simple statements must be separated by newlines or semicolons" => {
            let mut before = tokens.iter().rev().skip_while(|token| token.start() >= first.start());
            before.next().filter(|word| word.kind() == TokenKind::Type)?;
            let begins = before.next().is_none_or(|token| {
                use TokenKind::{Colon, Dedent, Indent, Newline, NonLogicalNewline, Semi};
                matches!(token.kind(), Colon | Dedent | Indent | Newline | NonLogicalNewline | Semi)
            });
            from(range.start).nth(1).filter(|_| begins && first.kind() == TokenKind::Name)?
        }
        "cannot use '_' as a target" => {
            let before = tokens.iter().take_while(|token| token.start() < first.start()).last();
            before.filter(|token| token.kind() == TokenKind::DoubleStar)?;
            first
        }
        "Unparenthesized tuple expression cannot be used here" => {
            let mut depth = 0_usize;
            from(range.start).find(|token| {
                match token.kind() {
                    TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
                    TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth = depth.saturating_sub(1),
                    _ => {}
                }
                depth == 0 && token.kind() == TokenKind::Comma
            })?
        }
        _ => return None,
    };
    Some(token.start().to_u32()..token.end().to_u32())
}

/// Where the first element of a tuple in these bytes ends; the tuple itself, where it stands in parentheses.
fn end_of_first(tokens: &Tokens, range: &Range<u32>) -> u32 {
    let inside = tokens.iter().skip_while(|token| token.start().to_u32() < range.start);
    let (mut depth, mut end) = (0_usize, range.end);
    for token in inside.take_while(|token| token.end().to_u32() <= range.end) {
        match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth = depth.saturating_sub(1),
            TokenKind::Comma if depth == 0 => return end,
            _ => {}
        }
        end = token.end().to_u32();
    }
    range.end
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

/// Where the logical line starts that `at` ends, or else the one before it.
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
    current.or(previous).unwrap_or(at)
}
