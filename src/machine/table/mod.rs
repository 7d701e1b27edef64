//! Hash tables that probe as CPython's do, so that what a program can see of them is the same: the
//! order of a set, and which keys are compared with `==`, and in what order.
//!
//! A table never compares keys: a key's `__eq__` may be a Python function, which nothing here can
//! run.  A lookup finds what it can by identity and by what its caller knows, and else gives back a
//! question, as plain data, from which it goes on once the answer is there.
//!
//! A table's storage is shared between clones until one of them is written to, so that a clone, of
//! which a checkpoint is made, costs the same for every size.

pub mod dict;
pub mod order;
pub mod set;

pub use dict::{Dict, DictCursor, Entry, EntryIndex, KeyKind};
pub use order::{Node, NodeId, Order};
pub use set::{FindToAdd, Set, SetCursor, SlotIndex, Vacancy};

/// What a caller knows of two keys that hash alike and are not the same object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sameness {
    /// They are equal.
    Same,
    /// They are not equal.
    Different,
    /// Only their `__eq__` can tell.
    Unknown,
}

impl From<bool> for Sameness {
    fn from(same: bool) -> Self {
        if same { Self::Same } else { Self::Different }
    }
}

/// What a lookup comes to; `P` says where an entry stands in its table, `C` where a lookup goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Find<V, P, C> {
    /// The key is there.
    Found(P),
    /// The key is not there.
    Absent,
    /// It cannot be told before the stored key was compared with the one looked for.
    Ask(Question<V, C>),
}

/// A comparison that a lookup waits for, and the place where the lookup goes on afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Question<V, C> {
    /// The key in the table: the left operand of the `==`, with the key looked for on the right.
    pub key: V,
    cursor: C,
}

/// How many bits of the hash each further probe takes in.
const PERTURB_SHIFT: u32 = 5;

/// The sequence of slots in which a key of some hash is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Probe {
    slot: usize,
    perturb: u64,
}

impl Probe {
    const fn new(hash: i64, mask: usize) -> Self {
        Self { slot: hash as usize & mask, perturb: hash as u64 }
    }

    const fn advance(&mut self, mask: usize) {
        self.perturb >>= PERTURB_SHIFT;
        self.slot = self.slot.wrapping_mul(5).wrapping_add(self.perturb as usize).wrapping_add(1) & mask;
    }
}
