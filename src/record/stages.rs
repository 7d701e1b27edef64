//! Stages as text, and as JSON.

use std::io::{self, Write};

use crate::view::stages::Stage;

/// How stages are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For people: a title, a sentence, a line a row.
    Text,
    /// One object a stage, each on a line of its own.
    Json,
}

/// Writes stages one behind the other.
pub fn write<'stage>(
    stages: impl IntoIterator<Item = &'stage Stage>,
    form: Form,
    out: &mut impl Write,
) -> io::Result<()> {
    for (index, stage) in stages.into_iter().enumerate() {
        match form {
            Form::Json => {
                serde_json::to_writer(&mut *out, stage)?;
                writeln!(out)?;
            }
            Form::Text => {
                if index > 0 {
                    writeln!(out)?;
                }
                writeln!(out, "== {} ==\n{}\n", stage.title, stage.says)?;
                for row in &stage.rows {
                    writeln!(out, "{}", row.to_string().trim_end())?;
                }
            }
        }
    }
    out.flush()
}
