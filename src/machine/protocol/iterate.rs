//! Iteration.

use super::super::Machine;
use super::super::frame::{Entry, Eval};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

/// What an iterator gives next.
#[derive(Debug)]
pub enum Next {
    /// An item.
    Value(Value),
    /// Nothing any more; a generator's return value, else None.
    Exhausted(Value),
    /// Python code has to run.  What it returns is the item; a StopIteration, or the end of a generator,
    /// means that there is none.
    Enter(Entry),
}

impl Machine {
    /// `iter(value)`.
    pub fn iter(&mut self, _value: Value) -> Eval {
        Err(self.unsupported("iteration"))
    }

    /// `next(iterator)`.
    pub fn next(&mut self, _iterator: Value) -> Result<Next, Raise> {
        Err(self.unsupported("iteration"))
    }

    /// The positional arguments that `*iterable` stands for in a call of `callable`: a tuple.
    pub(in crate::machine) fn collect_arguments(&mut self, _iterable: Value, _callable: Value) -> Eval {
        Err(self.unsupported("*arguments"))
    }

    /// The items of an assignment with `before` targets, or, with a starred one, so many before it and
    /// `after` behind: a tuple with an item for each target.
    pub fn unpack(&mut self, _sequence: Value, _before: usize, _after: Option<usize>) -> Eval {
        Err(self.unsupported("unpacking"))
    }

    /// Appends all items of `iterable` to a list, for `[*iterable]`.
    pub fn extend_list_for_display(&mut self, _list: Handle, _iterable: Value) -> Eval {
        Err(self.unsupported("[*iterable]"))
    }
}
