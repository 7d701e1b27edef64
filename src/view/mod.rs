//! History to rows of plain data, one file per pane; no terminal library in here.
//!
//! A [`Snapshot`] is everything one screen, one line of text or one JSON object needs.  It never
//! refers back into the machine: who holds one can draw it at leisure.  Making one never runs any of
//! the user's code, neither `__repr__` nor anything else.

mod ahead;
pub mod arrows;
pub mod births;
pub mod codes;
pub mod compare;
pub mod constant;
pub mod frames;
pub mod linked;
pub mod names;
pub mod objects;
pub mod output;
pub mod reason;
pub mod rows;
mod says;
mod show;
pub mod source;
pub mod stack;
pub mod stages;
mod tags;
mod viewer;
pub mod wordcode;

use serde::Serialize;

pub use arrows::Arrow;
pub use births::{Evidence, Who};
pub use codes::CodeRow;
pub use compare::{CompareLine, ComparePane, CompareRow, Explainer, Explanation, IdentityRow};
pub use frames::{FrameKind, FrameRow};
pub use linked::{CodeBox, FrameBox, FunctionBox, Keeper, Linked};
pub use names::{NameRow, Scope};
pub use objects::ObjectRow;
pub use output::{OutputRow, Stream};
pub use reason::Reason;
pub use rows::{Held, Shown, Tag};
pub use show::{Detail, qualname, repr};
pub use source::{SourcePane, SourceText, Span};
pub use stack::StackRow;
pub use viewer::Viewer;
pub use wordcode::{HandlerRow, Jump, Largest, Listing, RowKind, WordRow, WordcodePane};

use crate::timeline::Step;

/// What the program is doing at this step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Phase {
    /// It can take the next step.
    Running,
    /// It reads a line of standard input, and none is at hand; the prompt it printed.
    Input(String),
    /// It ended, with this exit status.
    Exited(i32),
    /// The interpreter itself failed: an error of this program, never of the user's.
    Fault(String),
}

/// Everything one screen needs, at one step and for one selected frame.
#[derive(Clone, Debug, Serialize)]
pub struct Snapshot {
    /// The script as the user named it.
    pub script: String,
    /// Where in time this is.
    pub step: Step,
    /// The last step, once the end has been seen.
    pub end: Option<Step>,
    /// What the program is doing.
    pub phase: Phase,
    /// The source file and the place in it.
    pub source: SourcePane,
    /// The instructions and the current one.
    pub wordcode: WordcodePane,
    /// The value stack, top first.
    pub stack: Vec<StackRow>,
    /// The frames, newest first.
    pub frames: Vec<FrameRow>,
    /// What the selected frame runs, as code object, functions and frames; only where it was asked for.
    pub linked: Option<Linked>,
    /// A page of the `is` and `==` evaluations, newest last.
    pub compare: ComparePane,
    /// Where the operands of one evaluation come from.
    pub evidence: Option<Evidence>,
    /// Names and what they are bound to.
    pub names: Vec<NameRow>,
    /// Objects and what holds them; empty while nobody looks at them.
    pub objects: Vec<ObjectRow>,
    /// What the program wrote, newest last; only the last lines asked for.
    pub output: Vec<OutputRow>,
    /// What the current instruction does, in one or two sentences.
    pub says: Vec<String>,
}
