//! Tracebacks as text: what CPython prints for an exception that nobody caught.
//!
//! What must hold: nothing in here runs Python code.  The texts of exceptions and notes, which may need
//! some, are made beforehand by [`Report`](super::native::Report).

mod chain;
mod excerpt;
mod expression;
mod hint;
mod syntax;

use std::fmt::Write;

use super::Machine;
use super::object::Payload;
use super::text::Str;
use super::text::str::is_surrogate;
use super::value::Value;
use crate::code::Location;
use excerpt::Excerpt;

pub(super) use chain::{Chain, Notes, Texts};
pub(super) use hint::asked_for_names;

/// So many times a line is shown in full before it is only counted.
const RECURSIVE_CUTOFF: usize = 3;

impl Machine {
    /// The entries of a traceback, the oldest first; without marks, as for exceptions that are ignored,
    /// where `marks` is false.
    pub(super) fn traceback_text(&self, traceback: Option<Value>, marks: bool) -> String {
        let mut out = String::new();
        let mut last: Option<(String, Option<u32>, String)> = None;
        let (mut count, mut next) = (0usize, traceback);
        while let Some(Payload::Traceback(entry)) = next.and_then(|value| self.heap.payload_of(value)) {
            next = entry.next;
            let Some(Payload::Frame(frame)) = self.heap.payload_of(entry.frame) else { continue };
            let code = &frame.code;
            let line = match entry.given {
                Some((..0, line)) => u32::try_from(line).ok(),
                _ => code.line_at(entry.at),
            };
            let place = (code.code.filename.to_string(), line, code.code.name.to_string());
            if last.as_ref() != Some(&place) {
                repeated(&mut out, count);
                count = 0;
            }
            count += 1;
            if count <= RECURSIVE_CUTOFF {
                let shown = line.map_or_else(|| "None".to_owned(), |line| line.to_string());
                let _ = writeln!(out, "  File \"{}\", line {shown}, in {}", place.0, place.2);
                out.push_str(&self.excerpt(entry, marks));
            }
            last = Some(place);
        }
        repeated(&mut out, count);
        out
    }

    /// The source lines of a traceback entry.
    fn excerpt(&self, entry: &super::object::exception::Traceback, marks: bool) -> String {
        let Some(Payload::Frame(frame)) = self.heap.payload_of(entry.frame) else { return String::new() };
        let located = frame.code.location_at(entry.at);
        let (location, marks) = match (entry.given, located) {
            // Without an instruction there is only a line.
            (Some((..0, line)), _) => (Location { line, end_line: line, column: -1, end_column: -1 }, false),
            (_, Some(location)) => (location, marks),
            (_, None) => return String::new(),
        };
        let Some(text) = self.source(&frame.code.code.filename) else { return String::new() };
        let (Ok(first), Ok(last)) = (usize::try_from(location.line), usize::try_from(location.end_line))
        else {
            return String::new();
        };
        if !marks {
            return text.lines().nth(first.saturating_sub(1)).map_or_else(String::new, |line| {
                let line = line.trim_matches([' ', '\t', '\x0c']);
                if line.is_empty() { String::new() } else { format!("    {line}\n") }
            });
        }
        let lines =
            text.lines().skip(first.saturating_sub(1)).take((last + 1).saturating_sub(first)).collect();
        let columns = match (usize::try_from(location.column), usize::try_from(location.end_column)) {
            (Ok(start), Ok(end)) => Some((start, end)),
            _ => None,
        };
        Excerpt { lines, columns }.text()
    }

    /// The text of a file.
    fn source(&self, name: &str) -> Option<&str> {
        self.sources.iter().rev().find(|(known, _)| &**known == name).map(|(_, text)| &**text)
    }

    /// A line of a file without the white space around it.
    pub(super) fn source_line(&self, name: &str, line: u32) -> Option<&str> {
        self.source(name)?.lines().nth((line as usize).checked_sub(1)?).map(str::trim)
    }

    /// The name of an exception's type as tracebacks give it.
    pub(super) fn exception_title(&self, exception: Value) -> String {
        self.qualified_class_name(exception)
    }
}

fn repeated(out: &mut String, count: usize) {
    if count > RECURSIVE_CUTOFF {
        let more = count - RECURSIVE_CUTOFF;
        let plural = if more > 1 { "s" } else { "" };
        let _ = writeln!(out, "  [Previous line repeated {more} more time{plural}]");
    }
}

/// A text as standard error takes it: lone surrogates are escaped.
pub(super) fn printable(text: &Str) -> String {
    match text.as_str() {
        Some(text) => text.into_owned(),
        None => text
            .points()
            .map(|point| match char::from_u32(point) {
                Some(char) if !is_surrogate(point) => char.to_string(),
                _ => format!("\\u{point:04x}"),
            })
            .collect(),
    }
}
