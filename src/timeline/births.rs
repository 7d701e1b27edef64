//! Which step made an object: found by running a copy of an earlier state again.
//!
//! Nothing is kept for it while the program runs.  A heap object carries the step that made it; a number
//! carries a serial, and serials are given in order, so that the checkpoints tell between which two steps it
//! was given.

use super::{Step, Timeline};
use crate::machine::value::Serial;
use crate::machine::{Machine, Outcome};

/// When an object was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Before the first step.
    BeforeStart,
    /// By this step.
    At(Step),
    /// By one of these; which one would take long to find out.
    Between(Step, Step),
}

impl Timeline {
    /// The step that gave a number its identity, if that can be told by making at most `most` steps again.
    pub fn maker_of(&mut self, serial: Serial, most: u64) -> Made {
        let is_given = |machine: &Machine| machine.heap.next_serial() > serial.number();
        let (from, mut machine) = {
            let (from, machine) = self.checkpoints.last_where(|machine| !is_given(machine));
            (from, machine.clone())
        };
        if from == Step::START && is_given(&machine) {
            return Made::BeforeStart;
        }
        machine.forget_verdicts();
        let end = from.plus(most);
        while Step(machine.steps()) < end {
            if !self.again(&mut machine) {
                break;
            }
            if is_given(&machine) {
                return Made::At(Step(machine.steps()));
            }
        }
        let next = self.checkpoints.first_behind(from).unwrap_or(self.furthest);
        Made::Between(from, next)
    }

    /// The state in which the step `step` was about to be made, if at most `most` steps lead there from a
    /// checkpoint.
    pub fn state_before(&mut self, step: Step, most: u64) -> Option<Machine> {
        let wanted = step.minus(1);
        if wanted == self.now() {
            return Some(self.machine.clone());
        }
        let (from, machine) = self.checkpoints.before(wanted);
        if wanted.0 - from.0 > most {
            return None;
        }
        let mut machine = machine.clone();
        machine.forget_verdicts();
        while machine.steps() < wanted.0 {
            if !self.again(&mut machine) {
                return None;
            }
        }
        Some(machine)
    }

    /// Makes one step of a copy again, with the answers that were given then; whether there was one.
    pub(super) fn again(&mut self, machine: &mut Machine) -> bool {
        let before = machine.steps();
        if let Outcome::Asks(_) = machine.step()
            && machine.steps() == before
        {
            let Some(answer) = self.world.known(Step(before)) else { return false };
            machine.answer(answer);
            machine.step();
        }
        machine.steps() > before
    }
}
