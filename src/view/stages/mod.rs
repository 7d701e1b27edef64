//! Every form a program takes on its way to wordcode, as rows.
//!
//! A [`Stage`] is one form of the whole program, or of one code unit of it: a module, class, function,
//! comprehension or annotation scope.

mod difference;
mod graph;
mod program;
mod unit;
mod words;

use std::fmt;
use std::rc::Rc;

use serde::Serialize;

use super::source::Span;
use crate::code::{CodeObject, Location, pyc};
use crate::compile::{self, CompileError, Mode, Options, Warning};
use crate::text::SourceFile;

/// The names of the stages, in the order in which a program passes through them.
pub const NAMES: [&str; 7] = ["text", "tree", "symbols", "instructions", "graph", "code", "pyc"];

/// One form of the program.
#[derive(Clone, Debug, Serialize)]
pub struct Stage {
    /// Which one, of [`NAMES`].
    pub name: &'static str,
    /// The code unit it is about; `None` where it is about the whole program.
    pub unit: Option<UnitName>,
    /// What stands over it.
    pub title: String,
    /// What it is, in a sentence.
    pub says: String,
    /// Its rows.
    pub rows: Vec<StageRow>,
}

/// A code unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitName {
    /// `co_qualname`.
    pub qualname: Rc<str>,
    /// `co_firstlineno`.
    pub first_line: u32,
}

impl UnitName {
    /// Whether it is what `code` was made of.
    pub fn is(&self, code: &CodeObject) -> bool {
        self.qualname == code.qualname && self.first_line == code.firstlineno
    }
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum StageRowKind {
    /// A line of the source.
    Line,
    /// A node of the tree, or a field of one.
    Node,
    /// A scope.
    Scope,
    /// A name in a scope.
    Symbol,
    /// The head of a basic block.
    Block,
    /// An instruction.
    Instruction,
    /// Something that a pass changed, in words.
    Change,
    /// The same about constants: what was computed from what.
    Folded,
    /// A field of a code object or a file.
    Field,
    /// Rows that were left out, as they did not change.
    Unchanged,
}

/// What a pass did to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Mark {
    /// Nothing.
    Same,
    /// It was not there before.
    Added,
    /// It is no longer there.
    Removed,
}

/// A row of a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageRow {
    /// What it is.
    pub kind: StageRowKind,
    /// What the pass did to it.
    pub mark: Mark,
    /// The place in the source it comes from.
    pub span: Option<Span>,
    /// What it says.
    pub text: String,
}

impl StageRow {
    fn new(kind: StageRowKind, text: impl Into<String>) -> Self {
        Self { kind, mark: Mark::Same, span: None, text: text.into() }
    }

    fn at(self, location: Location) -> Self {
        Self { span: Span::of(location), ..self }
    }

    fn marked(self, mark: Mark) -> Self {
        Self { mark, ..self }
    }
}

/// How wide the column of places is.
const PLACE: usize = 12;

impl fmt::Display for StageRow {
    /// The row as a line: the mark, the place, the text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match (self.mark, self.kind) {
            (Mark::Added, _) => '+',
            (Mark::Removed, _) => '-',
            (Mark::Same, StageRowKind::Change | StageRowKind::Folded) => '*',
            (Mark::Same, _) => ' ',
        };
        match self.kind {
            StageRowKind::Line | StageRowKind::Scope | StageRowKind::Symbol | StageRowKind::Field => {
                write!(f, "{mark} {}", self.text)
            }
            StageRowKind::Node
            | StageRowKind::Block
            | StageRowKind::Instruction
            | StageRowKind::Change
            | StageRowKind::Folded
            | StageRowKind::Unchanged => {
                let place = self.span.map(place).unwrap_or_default();
                write!(f, "{mark} {place:PLACE$} {}", self.text)
            }
        }
    }
}

/// A span as a reader looks for it: `3:4-9`, `3:4-5:2`, or a line alone.
pub fn place(span: Span) -> String {
    let Span { line, end_line, columns } = span;
    match columns {
        None => line.to_string(),
        Some((start, end)) if line == end_line => format!("{line}:{start}-{end}"),
        Some((start, end)) => format!("{line}:{start}-{end_line}:{end}"),
    }
}

/// The stages of a program.
#[derive(Clone, Debug)]
pub struct Stages {
    /// The stages, in the order in which a reader follows them.
    pub list: Vec<Stage>,
    /// The code object of the program.
    pub code: Rc<CodeObject>,
    /// What is hardly meant.
    pub warnings: Vec<Warning>,
}

impl Stages {
    /// Compiles a program and keeps every form of it.
    pub fn new(source: &SourceFile) -> Result<Self, CompileError> {
        let compiled = compile::stages(source, Mode::Exec, Options { keep: true, ..Options::default() })?;
        let mut list = program::stages(&compiled, source);
        // A unit is complete before the one around it; a reader begins outside.
        for kept in compiled.units.iter().rev() {
            list.extend(unit::stages(kept)?);
        }
        Ok(Self { list, code: Rc::clone(&compiled.code), warnings: compiled.warnings.clone() })
    }

    /// Adds the compiled file that is tied to its source in this way.
    pub fn push_pyc(&mut self, source: pyc::Source) {
        self.list.push(program::pyc(&pyc::write(&self.code, source)));
    }

    /// The qualified names of the code units, in their order.
    pub fn units(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for unit in self.list.iter().filter_map(|stage| stage.unit.as_ref()) {
            if names.last() != Some(&&*unit.qualname) {
                names.push(&unit.qualname);
            }
        }
        names
    }

    /// Where to look for what became of the instruction of `code` that comes from `span`: a stage and a row
    /// of it.  That is where it was computed, or else where the listing of the code object has it, or else
    /// where the unit begins; `None` for a code object that the program has not.
    pub fn find(&self, code: &CodeObject, span: Option<Span>) -> Option<(usize, Option<usize>)> {
        if !self.holds(code) {
            return None;
        }
        let of_unit = || {
            let is_wanted =
                |(_, stage): &(usize, &Stage)| stage.unit.as_ref().is_some_and(|unit| unit.is(code));
            self.list.iter().enumerate().filter(is_wanted)
        };
        let row = |name: &str, kind: StageRowKind| {
            let mut stages = of_unit().filter(|(_, stage)| stage.name == name);
            stages.find_map(|(index, stage)| {
                let is_it = |row: &StageRow| row.kind == kind && span.is_some() && row.span == span;
                // The last of several foldings is the one that the instruction shows.
                stage.rows.iter().rposition(is_it).map(|row| (index, Some(row)))
            })
        };
        row("graph", StageRowKind::Folded)
            .or_else(|| row("code", StageRowKind::Instruction))
            .or_else(|| of_unit().next().map(|(index, _)| (index, None)))
    }

    /// Whether `code` is one of the code objects of the program: the same instructions from the same places.
    fn holds(&self, code: &CodeObject) -> bool {
        let mut waiting = vec![&self.code];
        while let Some(own) = waiting.pop() {
            let is_same =
                own.qualname == code.qualname && own.code == code.code && own.linetable == code.linetable;
            if is_same && own.firstlineno == code.firstlineno {
                return true;
            }
            waiting.extend(own.children());
        }
        false
    }
}
