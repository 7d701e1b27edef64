//! A SyntaxError as CPython prints it: the place it complains of, the line, and the marks below.

use std::fmt::Write;

use super::super::Machine;
use super::super::object::exceptions::syntax;
use super::super::value::{Kind, Value};

impl Machine {
    /// The last lines of a SyntaxError's traceback; `message` is `str()` of its `msg`.
    pub(super) fn syntax_error_text(&self, exception: Value, title: &str, message: &str) -> String {
        let field = |index| self.exception_field(exception, index).filter(|value| !value.is_none());
        let text = |index| {
            field(index)
                .and_then(|value| self.heap.text_of(value))
                .map(|text| text.to_string_lossy().into_owned())
        };
        let number = |index| match field(index).map(Value::kind) {
            Some(Kind::Int(number)) => Some(number),
            _ => None,
        };
        let (file, line) = (text(syntax::FILENAME), number(syntax::LINENO));
        let mut out = String::new();
        let mut suffix = String::new();
        match (line, &file) {
            (Some(line), _) => {
                let _ = writeln!(out, "  File \"{}\", line {line}", file.as_deref().unwrap_or("<string>"));
            }
            (None, Some(file)) => suffix = format!(" ({file})"),
            (None, None) => {}
        }
        if let Some(text) = text(syntax::TEXT) {
            let end = match number(syntax::END_OFFSET).filter(|end| *end != 0) {
                _ if line != number(syntax::END_LINENO) => End::AnotherLine,
                Some(end) => End::Column(end),
                None => End::Unknown,
            };
            marked_line(&mut out, &text, number(syntax::OFFSET), end);
        }
        let message = if message.is_empty() { "<no detail available>" } else { message };
        let _ = writeln!(out, "{title}: {message}{suffix}");
        out
    }
}

/// Where the part that is wrong ends.
enum End {
    /// Before this column, from 1.
    Column(i64),
    /// Nobody knows.
    Unknown,
    /// On a line further down.
    AnotherLine,
}

/// The line and the marks below it.
fn marked_line(out: &mut String, text: &str, offset: Option<i64>, end: End) {
    let whole = text.trim_end_matches('\n');
    let shown = whole.trim_start_matches([' ', '\n', '\x0c']);
    let _ = writeln!(out, "    {shown}");
    let Some(mut offset) = offset else { return };
    let spaces = (whole.chars().count() - shown.chars().count()) as i64;
    let behind = whole.chars().count() as i64 + 1;
    let length = text.chars().count() as i64;
    let mut end = match end {
        End::Column(end) => end,
        End::Unknown => offset,
        End::AnotherLine => behind,
    };
    if !text.is_empty() && offset > length {
        offset = behind;
    }
    if !text.is_empty() && end > length {
        end = behind;
    }
    if offset >= end || end < 0 {
        end = offset.saturating_add(1);
    }
    let (column, end) = (offset.saturating_sub(1 + spaces), end.saturating_sub(1 + spaces));
    if column < 0 {
        return;
    }
    let before: String = shown
        .chars()
        .take(column as usize)
        .map(|char| if char.is_whitespace() { char } else { ' ' })
        .collect();
    let _ = writeln!(out, "    {before}{}", "^".repeat((end - column).clamp(0, behind) as usize));
}
