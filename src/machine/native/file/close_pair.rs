//! `BufferedRWPair.close()`: both sides are closed, whatever the first says.

use crate::machine::Machine;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::native::{Do, Got, Steps, Stepwise};
use crate::machine::raise::Raise;
use crate::machine::value::Value;

/// The sides that are being closed, the first of which is closed first.
#[derive(Clone, Debug, Hash)]
pub struct Sides {
    both: [Value; 2],
    /// How many have been asked.
    asked: usize,
    /// What the first raised.
    error: Option<Value>,
}

/// The closing of both, under way.
pub type ClosePair = Steps<Sides>;

impl Sides {
    /// Closes one, then the other.
    pub const fn new(first: Value, second: Value) -> Self {
        Self { both: [first, second], asked: 0, error: None }
    }
}

impl Stepwise for Sides {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.asked, got) {
            (1, Got::Raised(error)) => self.error = Some(error),
            (_, Got::Raised(error)) => {
                m.set_context_to(error, self.error.take());
                return Err(Raise::passed(error));
            }
            (2, Got::Value(value)) => {
                return match self.error.take() {
                    Some(error) => Err(Raise::passed(error)),
                    None => Ok(Do::Done(value)),
                };
            }
            _ => {}
        }
        self.asked += 1;
        Ok(m.call_attr(self.both[self.asked - 1], names::CLOSE, vec![])?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.both.into_iter().chain(self.error).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "BufferedRWPair: closing both sides".to_owned()
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        self.asked == 1 || self.error.is_some()
    }
}
