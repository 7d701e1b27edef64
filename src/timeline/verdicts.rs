//! Stopping at each verdict that is to be guessed.

use std::collections::BTreeSet;

use crate::machine::Machine;
use crate::machine::verdict::Answer;

/// The verdicts at which a travel goes on.
#[derive(Clone, Debug, Default)]
pub struct KnownVerdicts {
    before: u64,
    others: BTreeSet<u64>,
}

impl KnownVerdicts {
    /// All that began before evaluation number `before`.
    pub const fn before(before: u64) -> Self {
        Self { before, others: BTreeSet::new() }
    }

    /// Adds the one with this number.
    pub fn insert(&mut self, number: u64) {
        self.others.insert(number);
    }

    /// Whether the last step of `machine` gave a verdict that is not known.
    pub(super) fn stops(&self, machine: &Machine) -> bool {
        machine.verdicts.done().next_back().is_some_and(|verdict| {
            verdict.inner == 0
                && verdict.number >= self.before
                && !self.others.contains(&verdict.number)
                && matches!(&verdict.answer, Answer::Given(answer) if answer.value.is_bool())
        })
    }
}
