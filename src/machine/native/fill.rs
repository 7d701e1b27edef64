//! Filling the dict or set of a display with items that were computed before.

use super::{Advance, DictAction, Input, NativeTask, Progress, SetAction};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::value::{Handle, Value};

/// `{key: value, …}` or `{item, …}`: puts items into a new dict or set.
#[derive(Clone, Debug, Hash)]
pub struct Fill {
    target: Handle,
    /// Items of a set, or keys and values of a dict, alternating.
    items: Vec<Value>,
    at: usize,
    is_set: bool,
}

impl Fill {
    /// Puts all of `items`, keys and values alternating, into the dict `target`, which is the result.
    pub const fn dict(target: Handle, items: Vec<Value>) -> Self {
        Self { target, items, at: 0, is_set: false }
    }

    /// Puts all of `items` into the set `target`, which is the result.
    pub const fn set(target: Handle, items: Vec<Value>) -> Self {
        Self { target, items, at: 0, is_set: true }
    }
}

impl NativeTask for Fill {
    fn advance(mut self, machine: &mut Machine, _input: Input) -> Advance {
        loop {
            let flow = match self.items[self.at..] {
                [key, value, ..] if !self.is_set => {
                    self.at += 2;
                    machine.dict_act(self.target, key, DictAction::Set(value))?
                }
                [item, ..] => {
                    self.at += 1;
                    machine.set_act(self.target, item, SetAction::Add)?
                }
                [] => return Ok(Progress::Done(Value::object(self.target))),
            };
            if let Flow::Enter(entry) = flow {
                return Ok(Progress::Wait(self.into(), entry));
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.target));
        // A set takes over the references of the value stack, one after the other; a dict makes its own.
        let done = if self.is_set { self.at } else { 0 };
        self.items[done..].iter().copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        if self.is_set {
            format!("set: adding item {} of {}", self.at, self.items.len())
        } else {
            format!("dict: storing pair {} of {}", self.at / 2, self.items.len() / 2)
        }
    }
}
