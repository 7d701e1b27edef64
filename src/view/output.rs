//! The Output pane: what the program wrote, line by line.

use serde::Serialize;

use crate::machine::Machine;
use crate::machine::output;

/// How many of the last lines are shown.
const MOST: usize = 500;

/// Where a text was written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// One line, exactly as the program wrote it: whoever draws it makes it harmless first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutputRow {
    /// Where it was written to.
    pub stream: Stream,
    /// The line, without its line end.
    pub text: String,
    /// Whether the last step wrote some of it.
    pub fresh: bool,
}

/// The last lines; `fresh` is the number of the first write that the last step made.
pub(super) fn rows(machine: &Machine, fresh: usize) -> Vec<OutputRow> {
    let writes = &machine.output;
    // From the end back to where enough lines have begun.
    let mut lines = 0;
    let wanted = writes.iter().rev().take_while(|write| {
        let enough = lines > MOST;
        lines += write.text.matches('\n').count();
        !enough
    });
    let first = writes.len() - wanted.count();
    let mut rows: Vec<OutputRow> = Vec::new();
    let mut is_open = false;
    for (number, write) in writes.since(first).enumerate() {
        let stream = match write.stream {
            output::Stream::Stdout => Stream::Stdout,
            output::Stream::Stderr => Stream::Stderr,
        };
        let is_fresh = first + number >= fresh;
        for piece in write.text.split_inclusive('\n') {
            let text = piece.strip_suffix('\n').unwrap_or(piece);
            match rows.last_mut().filter(|row| is_open && row.stream == stream) {
                Some(row) => {
                    row.text.push_str(text);
                    row.fresh |= is_fresh;
                }
                None => rows.push(OutputRow { stream, text: text.to_owned(), fresh: is_fresh }),
            }
            is_open = piece.len() == text.len();
        }
    }
    let surplus = rows.len().saturating_sub(MOST);
    rows.drain(..surplus);
    rows
}

/// What the program printed behind its last line end: the prompt, where it reads a line.
pub(super) fn prompt(machine: &Machine) -> String {
    let mut pieces = Vec::new();
    for write in machine.output.iter().rev().filter(|write| write.stream == output::Stream::Stdout) {
        match write.text.rsplit_once('\n') {
            Some((_, behind)) => {
                pieces.push(behind);
                break;
            }
            None => pieces.push(&write.text),
        }
    }
    pieces.into_iter().rev().collect()
}
