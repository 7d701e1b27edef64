//! Time: the number of transitions the machine has made since the program started.

use std::fmt;

use serde::Serialize;

/// A moment of a run: how many transitions lie before it.  Step 0 is before the first instruction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Step(pub u64);

impl Step {
    /// Before the first instruction.
    pub const START: Self = Self(0);

    /// `count` steps later; the last step there is, where that is more than time holds.
    #[must_use]
    pub const fn plus(self, count: u64) -> Self {
        Self(self.0.saturating_add(count))
    }

    /// `count` steps earlier, not before the start.
    #[must_use]
    pub const fn minus(self, count: u64) -> Self {
        Self(self.0.saturating_sub(count))
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
