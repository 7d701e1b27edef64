//! `operator.length_hint`: how many items an object says that it has.

use super::{Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Start,
    /// `len()` is asked.
    Length,
    /// `__length_hint__` is asked.
    Hint,
}

/// The question in progress.
#[derive(Clone, Debug, Hash)]
pub struct Hinting {
    value: Value,
    default: Value,
    phase: Phase,
}

/// See [`Hinting`].
pub type LengthHint = Steps<Hinting>;

impl LengthHint {
    /// Asks `value` for its `__len__`, then for its `__length_hint__`; `default` is what is left.
    pub const fn of(value: Value, default: Value) -> Self {
        Self::new(Hinting { value, default, phase: Phase::Start })
    }
}

impl Hinting {
    fn hint(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        self.phase = Phase::Hint;
        match m.heap.special(self.value, names::LENGTH_HINT) {
            Some(method) => Ok(m.call_method(method, self.value, Args::default())?.into()),
            None => Ok(Do::Done(self.default)),
        }
    }
}

impl Stepwise for Hinting {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.phase, got) {
            (Phase::Start, _) => {
                if m.heap.special(self.value, names::LEN).is_none() {
                    return self.hint(m);
                }
                self.phase = Phase::Length;
                Ok(m.length(self.value)?.into())
            }
            (Phase::Length, Got::Value(length)) => Ok(Do::Done(length)),
            (Phase::Length, _) => self.hint(m),
            (Phase::Hint, Got::Value(value)) if value != Value::NOT_IMPLEMENTED => {
                // What is wrong with the answer is no reason to take the default.
                self.phase = Phase::Start;
                m.check_hint(value, false)?;
                Ok(Do::Done(m.exact_int(value)))
            }
            (Phase::Hint, _) => Ok(Do::Done(self.default)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.value);
        visit(self.default);
    }

    fn title(&self, _heap: &Heap) -> String {
        "length_hint: asking how many items there are".to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.phase != Phase::Start && heap.is_instance(exception, types::TYPE_ERROR)
    }
}
