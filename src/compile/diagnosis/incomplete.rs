//! Whether a source that was refused only ends too early: what is typed at a prompt goes on for more lines.

use super::super::Mode;
use super::super::error::{CompileError, ErrorKind};
use super::reader::{characters, place};
use super::token::{Kind, Stop, Token};
use super::tokenizer::Tokenizer;
use crate::text::SourceFile;

/// CPython's `_IncompleteInputError` if its tokenizer had looked for more than there is when the parser gave up, at
/// the token that begins at byte `at` or the next one behind.
pub fn incomplete(source: &SourceFile, mode: Mode, at: usize) -> Option<CompileError> {
    // The last line of a file ends, even if it does not.
    let mut text = source.text().to_string();
    if mode == Mode::Exec && !text.ends_with('\n') {
        text.push('\n');
    }
    let mut tokenizer = Tokenizer::new(&text);
    loop {
        let (last, has_seen_end) = match tokenizer.next() {
            Ok(token) if token.start < at && token.end <= at && token.kind != Kind::EndMarker => continue,
            Ok(token) => (token, has_looked_behind(token, text.len())),
            Err((token, stop)) => {
                let is_string = wants_quotes(&stop);
                let wants_more = matches!(stop, Stop::EndOfSource) || is_string && tokenizer.has_seen_end();
                (if is_string { tokenizer.begun_token() } else { token }, wants_more)
            }
        };
        return has_seen_end.then(|| {
            let mut place = place(&text, last.from, last.to);
            if last.from.column.is_none() {
                let (line, read) = tokenizer.position();
                (place.line, place.column) = (line, characters(&text, line, read));
            }
            if last.to.column.is_none() {
                place.end_column = None;
            }
            CompileError::at(ErrorKind::Incomplete, "incomplete input", place)
        });
    }
}

/// Whether CPython has looked for a byte behind the end of the text to tell where a token ends.
fn has_looked_behind(token: Token, end: usize) -> bool {
    match token.kind {
        // Their last byte tells.
        Kind::String | Kind::FStringEnd | Kind::TStringEnd | Kind::Newline => false,
        Kind::Name
        | Kind::Keyword
        | Kind::Number
        | Kind::Indent
        | Kind::Dedent
        | Kind::EndMarker
        | Kind::FStringStart
        | Kind::FStringMiddle
        | Kind::TStringStart
        | Kind::TStringMiddle
        | Kind::Operator
        | Kind::Unknown
        | Kind::Error => token.end >= end,
    }
}

/// Whether the quotes of a string are missing.
fn wants_quotes(stop: &Stop) -> bool {
    match stop {
        Stop::Said(said) => said.message.starts_with("unterminated "),
        Stop::EndOfSource | Stop::Dedent | Stop::Line(..) | Stop::Continuation(_) => false,
    }
}
