//! The Output pane: what the program wrote, line by line.

use serde::Serialize;

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
