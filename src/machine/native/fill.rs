//! Filling the dict or set of a display with items that were computed before.

use super::{Advance, DictAction, Input, NativeTask, Progress, SetAction};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::object::Payload;
use crate::machine::value::{Handle, Value};

/// `{key: value, …}` or `{item, …}`: puts items into a new dict or set.
#[derive(Clone, Debug, Hash)]
pub struct Fill {
    target: Handle,
    /// Items of a set, or keys and values of a dict, alternating.
    items: Vec<Value>,
    at: usize,
}

impl Fill {
    /// Puts all of `items` into `target`, a dict or set, which is the result.
    pub const fn new(target: Handle, items: Vec<Value>) -> Self {
        Self { target, items, at: 0 }
    }
}

impl NativeTask for Fill {
    fn advance(mut self, machine: &mut Machine, _input: Input) -> Advance {
        let is_dict = matches!(machine.heap.payload(self.target), Payload::Dict(_));
        loop {
            let flow = match self.items[self.at..] {
                [key, value, ..] if is_dict => {
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
        self.items.iter().copied().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        match heap.payload(self.target) {
            Payload::Dict(_) => format!("dict: storing pair {} of {}", self.at / 2, self.items.len() / 2),
            _ => format!("set: adding item {} of {}", self.at, self.items.len()),
        }
    }
}
