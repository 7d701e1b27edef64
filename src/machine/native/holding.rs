//! What CPython's C code holds while it waits for Python code, and a native here has no use for.

use smallvec::SmallVec;

use super::{Advance, Input, NativeFrame, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Entry, Flow};
use crate::machine::heap::Heap;
use crate::machine::value::Value;

/// Waits for what a builtin gives, and counts what it is given once more: in CPython the arguments stand in a tuple
/// of their own, or a bound method has been made.
#[derive(Clone, Debug, Hash)]
pub struct Holding {
    held: SmallVec<[Value; 4]>,
    name: &'static str,
}

impl NativeTask for Holding {
    fn advance(self, _machine: &mut Machine, input: Input) -> Advance {
        let Input::Value(value) = input else { panic!("what a builtin gives is waited for") };
        Ok(Progress::Done(value))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.held.iter().copied().for_each(visit);
    }

    fn owns(&self, _value: Value) -> bool {
        true
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("{}: waiting", self.name)
    }
}

/// `flow`, while which `held` are counted once more by the builtin `name`.
pub fn holding(name: &'static str, held: impl IntoIterator<Item = Value>, flow: Flow) -> Flow {
    match flow {
        Flow::Value(value) => Flow::Value(value),
        Flow::Enter(entry) => {
            let held: SmallVec<[Value; 4]> =
                held.into_iter().filter(|value| value.handle().is_some()).collect();
            let frame = NativeFrame::waiting(Holding { held, name }.into());
            Flow::Enter(Entry::under(frame, entry))
        }
    }
}

/// Waits for what a builtin makes of the parts of an object that cannot change, which has them for it.
#[derive(Clone, Debug, Hash)]
pub struct Lending {
    holder: Value,
    name: &'static str,
}

impl NativeTask for Lending {
    fn advance(self, _machine: &mut Machine, input: Input) -> Advance {
        let Input::Value(value) = input else { panic!("what a builtin gives is waited for") };
        Ok(Progress::Done(value))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.holder);
    }

    fn borrows(&self, heap: &Heap, visit: &mut impl FnMut(Value)) {
        if let Some(payload) = heap.payload_of(self.holder) {
            payload.each_value(visit);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("{}: waiting", self.name)
    }
}

/// `flow`, which the builtin `name` makes of what `holder` holds, without references of its own.  Nothing may be able
/// to change what `holder` holds: a tuple, a slice.
pub fn lending(name: &'static str, holder: Value, flow: Flow) -> Flow {
    match flow {
        Flow::Value(value) => Flow::Value(value),
        Flow::Enter(entry) => {
            Flow::Enter(Entry::under(NativeFrame::waiting(Lending { holder, name }.into()), entry))
        }
    }
}

/// What the call of a special method of a builtin type by its name holds: the tuple of all arguments, and where it is
/// not bound, that of those behind the receiver.
pub fn arguments_of_wrapper(args: &Args, bound: bool) -> SmallVec<[Value; 4]> {
    let behind = args.rest(1);
    if bound { behind.collect() } else { args.rest(0).chain(behind).collect() }
}
