//! The Output pane: what the program wrote, line by line.

use serde::Serialize;

use crate::machine::Machine;
use crate::machine::output;
use crate::timeline::Step;

/// How many of the last lines are shown.
const MOST: usize = 500;

/// Where a text was written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Stream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
    /// Not written but typed, where nothing stood before it.
    Stdin,
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

/// A piece of text on its way into lines.
struct Piece<'a> {
    stream: Stream,
    text: &'a str,
    is_fresh: bool,
}

/// The last lines, with what was typed in between, as on a terminal; `fresh` is the number of the first
/// write that the last step made.
pub(super) fn rows(machine: &Machine, typed: &[(Step, String)], fresh: usize) -> Vec<OutputRow> {
    let first = first_wanted(machine);
    let mut typed = typed.iter().peekable();
    let mut lines = Lines::default();
    for (number, write) in machine.output.since(first).enumerate() {
        while let Some((_, text)) = typed.next_if(|(asked, _)| asked.0 < write.step) {
            if first == 0 || !lines.rows.is_empty() {
                lines.add(&Piece { stream: Stream::Stdin, text, is_fresh: false });
            }
        }
        let stream = match write.stream {
            output::Stream::Stdout => Stream::Stdout,
            output::Stream::Stderr => Stream::Stderr,
        };
        lines.add(&Piece { stream, text: &write.text, is_fresh: first + number >= fresh });
    }
    for (_, text) in typed {
        lines.add(&Piece { stream: Stream::Stdin, text, is_fresh: false });
    }
    let mut rows = lines.rows;
    let surplus = rows.len().saturating_sub(MOST);
    rows.drain(..surplus);
    rows
}

/// The number of the write from which on there are lines enough.
fn first_wanted(machine: &Machine) -> usize {
    let mut lines = 0;
    let wanted = machine.output.iter().rev().take_while(|write| {
        let enough = lines > MOST;
        lines += write.text.matches('\n').count();
        !enough
    });
    machine.output.len() - wanted.count()
}

/// Lines as they fill up.
#[derive(Default)]
struct Lines {
    rows: Vec<OutputRow>,
    /// Whether the last one has not ended.
    is_open: bool,
}

impl Lines {
    fn add(&mut self, piece: &Piece<'_>) {
        for part in piece.text.split_inclusive('\n') {
            let text = part.strip_suffix('\n').unwrap_or(part);
            // What is typed stands behind the prompt; the two output streams do not mix in a line.
            let goes_on = |row: &&mut OutputRow| row.stream == piece.stream || piece.stream == Stream::Stdin;
            match self.rows.last_mut().filter(|_| self.is_open).filter(goes_on) {
                Some(row) => {
                    row.text.push_str(text);
                    row.fresh |= piece.is_fresh;
                }
                None => {
                    self.rows.push(OutputRow {
                        stream: piece.stream,
                        text: text.to_owned(),
                        fresh: piece.is_fresh,
                    });
                }
            }
            self.is_open = part.len() == text.len();
        }
    }
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
