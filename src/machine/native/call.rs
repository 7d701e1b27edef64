//! Calls that have to wait before they can begin.

use super::{Advance, Input, NativeTask, Progress, Task};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Entry, Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::native::NativeFrame;
use crate::machine::object::{Payload, types};
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Collect,
    Call,
}

/// `callable(*positional, **keywords)` where `positional` is an iterable that Python code goes through.
#[derive(Clone, Debug, Hash)]
pub struct CallWith {
    callable: Value,
    receiver: Option<Value>,
    positional: Value,
    keywords: Option<Value>,
    phase: Phase,
}

impl NativeTask for CallWith {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let items = match (self.phase, input) {
            (Phase::Call, Input::Value(value)) => return Ok(Progress::Done(value)),
            (Phase::Collect, Input::Value(items)) => items,
            _ => match machine.collect_arguments(self.positional, self.callable)? {
                Flow::Value(items) => items,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            },
        };
        self.phase = Phase::Call;
        let args = machine.spread_arguments(self.receiver, items, self.keywords)?;
        match machine.call_with_tuple(self.callable, args)? {
            Flow::Value(value) => Ok(Progress::Done(value)),
            Flow::Enter(entry) => Ok(Progress::Wait(self.into(), entry)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.callable);
        visit(self.positional);
        self.receiver.into_iter().chain(self.keywords).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Collect => "call: collecting the arguments behind *",
            Phase::Call => "call: waiting for the result",
        }
        .to_owned()
    }
}

impl Machine {
    /// Calls what `entry` gives.
    pub(in crate::machine) fn call_later(&mut self, entry: Entry, args: Args) -> Eval {
        let task = Task::from(CallLater { args, called: false });
        Ok(Flow::Enter(Entry::under(NativeFrame::waiting(task), entry)))
    }

    /// `callable(*positional, **keywords)`, with a receiver in front of the arguments if there is one.
    pub(in crate::machine) fn call_with(
        &mut self,
        callable: Value,
        receiver: Option<Value>,
        positional: Value,
        keywords: Option<Value>,
    ) -> Eval {
        if self.heap.class_of(positional) == types::TUPLE {
            let args = self.spread_arguments(receiver, positional, keywords)?;
            return self.call_with_tuple(callable, args);
        }
        if let Some(items) = self.known_items(positional) {
            let items = self.heap.tuple(items);
            let args = self.spread_arguments(receiver, items, keywords)?;
            // Without names, the list is made a tuple in the call, which is one more.
            return match keywords {
                Some(_) => self.call_with_tuple(callable, args),
                None => self.call(callable, args),
            };
        }
        self.begin(CallWith { callable, receiver, positional, keywords, phase: Phase::Collect })
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
