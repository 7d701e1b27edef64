//! Special methods of containers that Python code defines, and whose results are checked.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::protocol::subscript::assign_slice;
use crate::machine::value::Value;

/// `item in container` by a Python `__contains__`: the truth of what it returns.
#[derive(Clone, Debug, Hash)]
pub struct ContainsResult {
    method: Value,
    container: Value,
    item: Value,
}

impl ContainsResult {
    /// Asks `method`, the `__contains__` of the type of `container`.
    pub const fn new(method: Value, container: Value, item: Value) -> Self {
        Self { method, container, item }
    }
}

impl NativeTask for ContainsResult {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let answer = match input {
            Input::Value(value) => value,
            _ => match machine.call_method(self.method, self.container, Args::new([self.item]))? {
                Flow::Value(value) => value,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            },
        };
        Ok(machine.truth(answer)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.method, self.container, self.item].into_iter().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("in: waiting for {}.__contains__", heap.class(heap.class_of(self.container)).name)
    }
}

/// `list[start:stop:step] = values` while Python code gives the values.
#[derive(Clone, Debug, Hash)]
pub struct AssignSlice {
    /// The list, the three parts of the slice as ints or None, the values.
    args: Args,
}

impl NativeTask for AssignSlice {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let list = match input {
            Input::Value(list) => list,
            _ => match machine.collect_list(self.args.at(4))? {
                Flow::Value(list) => list,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            },
        };
        let items = machine.known_items(list).unwrap_or_default();
        let target = self.args.at(0).handle().expect("a list is a heap object");
        Ok(assign_slice(machine, target, &self.args, &items)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.args.each_value(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "list[slice] = values: collecting the values".to_owned()
    }
}

impl Machine {
    /// `list[start:stop:step] = values` for an iterable that is no list or tuple.  The bounds are fitted
    /// to the list afterwards: going through the values may change it.
    pub(in crate::machine) fn assign_slice_later(&mut self, args: &Args) -> Eval {
        self.begin(AssignSlice { args: args.clone() })
    }
}
