//! What passes say about what they change, for those who want to see the compiler at work.

use super::BlockId;
use crate::code::{Const, Location, Opcode};

/// One thing that a pass did, and the place in the source of the instruction it did it to.
#[derive(Clone, Debug)]
pub struct Change {
    /// What it did.
    pub kind: ChangeKind,
    /// Where the instruction comes from.
    pub location: Location,
}

/// What a pass may do.
#[derive(Clone, Debug)]
pub enum ChangeKind {
    /// Computed an operation on constants.
    Folded {
        /// The operation.
        operation: Operation,
        /// What it is applied to.
        operands: Vec<Const>,
        /// What came out.
        result: Const,
    },
    /// Put the truth of a constant in the place of the constant and the test of it.
    Truth {
        /// The constant.
        value: Const,
        /// Its truth.
        truth: bool,
    },
    /// Decided a jump that tests a constant.
    Decided {
        /// The constant.
        value: Const,
        /// Whether it always jumps; else it never does.
        jumps: bool,
    },
    /// Made one instruction of two.
    Merged {
        /// The first of the two.
        first: Opcode,
        /// The second.
        second: Opcode,
        /// What does the work of both.
        into: Opcode,
    },
    /// Made a jump to a jump lead to where that leads.
    Threaded {
        /// The jump it led to before, by its block.
        over: BlockId,
        /// Where it leads now.
        to: BlockId,
    },
    /// Put a copy of a block in the place of a jump to it.
    Copied {
        /// The block.
        block: BlockId,
    },
    /// Emptied a block that nothing leads to.
    Removed {
        /// The block.
        block: BlockId,
        /// How many instructions were in it.
        instructions: usize,
    },
    /// Moved a block that only exceptions lead to behind all others.
    Moved {
        /// The block.
        block: BlockId,
    },
    /// Dropped a constant that nothing loads.
    Dropped {
        /// The constant.
        value: Const,
    },
    /// Made the load of a local check that it is bound.
    Checked {
        /// The local's index in the names of local variables.
        local: u32,
    },
}

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// `BINARY_OP` with this argument.
    Binary(u32),
    /// A unary operation.
    Unary(Opcode),
    /// Constants in a tuple.
    Tuple,
    /// Constants in a list.
    List,
    /// Constants in a set.
    Set,
}

/// The changes that the pass which runs has made so far, if anybody wants to know.
#[derive(Clone, Debug, Default)]
pub struct Changes(Option<Vec<Change>>);

/// Only who looks at the stages of a compilation keeps changes.
#[cold]
#[inline(never)]
fn keep(changes: &mut Vec<Change>, change: Change) {
    changes.push(change);
}

impl Changes {
    /// A list that is kept.
    pub const fn kept() -> Self {
        Self(Some(Vec::new()))
    }

    /// Notes a change; `kind` is only asked for if somebody wants to know.
    pub(super) fn note(&mut self, location: Location, kind: impl FnOnce() -> ChangeKind) {
        if let Some(changes) = &mut self.0 {
            keep(changes, Change { kind: kind(), location });
        }
    }

    /// Takes what has been noted.
    pub(super) fn take(&mut self) -> Vec<Change> {
        self.0.as_mut().map(std::mem::take).unwrap_or_default()
    }
}
