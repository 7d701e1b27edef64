//! Calls that have to wait before they can begin.

use super::{Advance, Input, NativeTask, Progress, Task};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Entry, Eval, Flow, Frame};
use crate::machine::heap::Heap;
use crate::machine::native::NativeFrame;
use crate::machine::object::Payload;
use crate::machine::raise::Raise;
use crate::machine::value::Value;

/// A call whose callable is still being computed: the `__get__` of a descriptor runs.
#[derive(Clone, Debug, Hash)]
pub struct CallLater {
    args: Args,
    called: bool,
}

impl CallLater {
    /// A call with these arguments.
    pub const fn new(args: Args) -> Self {
        Self { args, called: false }
    }
}

impl NativeTask for CallLater {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let Input::Value(value) = input else { panic!("a call waits for its callable") };
        if self.called {
            return Ok(Progress::Done(value));
        }
        match machine.call(value, self.args.clone())? {
            Flow::Value(value) => Ok(Progress::Done(value)),
            Flow::Enter(entry) => {
                self.called = true;
                Ok(Progress::Wait(self.into(), entry))
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.args.each_value(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        if self.called { "call: waiting for the result" } else { "call: waiting for a descriptor's __get__" }
            .to_owned()
    }
}

/// `callable(*positional, **keywords)`, with a receiver in front of the arguments if there is one, where
/// `positional` is a tuple.
#[derive(Clone, Debug, Hash)]
pub struct CallWith {
    callable: Value,
    receiver: Option<Value>,
    positional: Value,
    keywords: Option<Value>,
    called: bool,
}

impl CallWith {
    /// Such a call.
    pub const fn new(
        callable: Value,
        receiver: Option<Value>,
        positional: Value,
        keywords: Option<Value>,
    ) -> Self {
        Self { callable, receiver, positional, keywords, called: false }
    }

    /// Calls in this step.
    pub(in crate::machine) fn now(machine: &mut Machine, call: Self) -> Eval {
        let args = machine.spread_arguments(call.receiver, call.positional, call.keywords)?;
        machine.call_with_tuple(call.callable, args)
    }

    /// Calls in the next step, behind the finalizers of what has been let go of in this one.
    pub(in crate::machine) fn later(_machine: &mut Machine, call: Self) -> Eval {
        Ok(Flow::Enter(Entry::one(Frame::Native(Box::new(NativeFrame::told(call.into(), Input::Start))))))
    }
}

impl NativeTask for CallWith {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        if let (true, Input::Value(value)) = (self.called, input) {
            return Ok(Progress::Done(value));
        }
        let function = matches!(machine.heap.payload_of(self.callable), Some(Payload::Function(_)));
        self.called = true;
        match Self::now(machine, self.clone())? {
            Flow::Value(value) => Ok(Progress::Done(value)),
            // A frame of Python code takes over all there is.
            Flow::Enter(entry) if function => Ok(Progress::Tail(entry)),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.callable);
        visit(self.positional);
        self.receiver.into_iter().chain(self.keywords).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        if self.called { "call: waiting for the result" } else { "call: behind what goes before it" }
            .to_owned()
    }
}

impl Machine {
    /// Calls what `entry` gives.
    pub(in crate::machine) fn call_later(&mut self, entry: Entry, args: Args) -> Eval {
        let task = Task::from(CallLater { args, called: false });
        Ok(Flow::Enter(Entry::under(NativeFrame::waiting(task), entry)))
    }

    /// Arguments from a tuple and a dict, whose keys must be str.
    pub(in crate::machine) fn spread_arguments(
        &mut self,
        receiver: Option<Value>,
        positional: Value,
        keywords: Option<Value>,
    ) -> Result<Args, Raise> {
        let mut values: Vec<Value> =
            receiver.into_iter().chain(self.tuple_items(positional).iter().copied()).collect();
        let mut names = Vec::new();
        match keywords.map(|keywords| self.heap.payload_of(keywords)) {
            None => {}
            Some(Some(Payload::Dict(dict))) => {
                for entry in dict.iter() {
                    names.push(entry.key);
                    values.push(entry.value);
                }
            }
            Some(_) => return Err(self.system_error("keyword arguments are in a dict")),
        }
        if names.iter().any(|name| self.heap.text_of(*name).is_none()) {
            return Err(self.type_error("keywords must be strings"));
        }
        Ok(Args::with_names(values, names))
    }
}
