//! The record of comparisons over the whole run, and stopping at each verdict that is to be guessed.

use std::collections::BTreeSet;

use super::Timeline;
use crate::machine::Machine;
use crate::machine::verdict::{Answer, Verdicts};

impl Timeline {
    /// The record as it was when `ended` evaluations had come to an end, of which it keeps the last; the machine
    /// itself keeps the last of all.  At most `most` steps are made again for it; `None` where that would need
    /// more.
    pub fn record_at(&mut self, ended: usize, most: u64) -> Option<Verdicts> {
        let has = |machine: &Machine| machine.verdicts.ended() <= ended;
        if self.machine.verdicts.ended() == ended {
            return Some(self.machine.verdicts.clone());
        }
        let (from, machine) = self.checkpoints.last_where(has);
        let mut machine = machine.clone();
        machine.verdicts.keep_whole_steps();
        while machine.verdicts.ended() < ended {
            if machine.steps() - from.0 >= most || !self.again(&mut machine) {
                return None;
            }
            machine.verdicts.keep_whole_steps();
        }
        let mut record = machine.verdicts.clone();
        record.end_at(ended);
        Some(record)
    }
}

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
