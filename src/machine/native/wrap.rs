//! `classmethod(function)` and `staticmethod(function)`: they take over what the function is called and says of itself.

use super::{Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// What is taken over, in this order.
const TAKEN: [Handle; 4] = [names::MODULE, names::NAME, names::QUALNAME, names::DOC];

/// Copies attributes of a function to what wraps it, as far as the function has them.
#[derive(Clone, Debug, Hash)]
pub struct TakeOverWork {
    wrapper: Value,
    function: Value,
    at: usize,
    /// Whether the attribute is being set; else it is asked for.
    sets: bool,
}

/// See [`TakeOverWork`].
pub type TakeOver = Steps<TakeOverWork>;

impl TakeOverWork {
    /// Copies to `wrapper` what `function` says of itself.
    pub const fn new(wrapper: Value, function: Value) -> Self {
        Self { wrapper, function, at: 0, sets: false }
    }
}

impl Stepwise for TakeOverWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        if let Got::Value(value) = got
            && !self.sets
        {
            self.sets = true;
            return Ok(m.set_attr(self.wrapper, TAKEN[self.at], Some(value))?.into());
        }
        self.sets = false;
        self.at += usize::from(got != Got::Start);
        match TAKEN.get(self.at) {
            Some(name) => Ok(m.get_attr(self.function, *name)?.into()),
            None => Ok(Do::Done(Value::NONE)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.wrapper, self.function].into_iter().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.class_of(self.wrapper)).name;
        format!("{class}: taking over what the function says of itself")
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        !self.sets && heap.is_instance(exception, types::ATTRIBUTE_ERROR)
    }
}
