//! Memory that a builtin works on while Python code runs.

use smallvec::SmallVec;

use super::{Advance, Input, NativeFrame, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::{Entry, Flow};
use crate::machine::heap::Heap;
use crate::machine::object::Payload;
use crate::machine::value::Value;

/// Waits for what a builtin gives that looks at the memory of others, which keep their size until it is there: the
/// C code of CPython has a buffer of theirs.
#[derive(Clone, Debug, Hash)]
pub struct Exporting {
    owners: SmallVec<[Value; 2]>,
    name: &'static str,
}

impl Exporting {
    fn end(&self, machine: &mut Machine) {
        for owner in self.owners.iter().filter_map(|owner| owner.handle()) {
            machine.heap.drop_export(owner);
        }
    }
}

impl NativeTask for Exporting {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let Input::Value(value) = input else { panic!("what a builtin gives is waited for") };
        self.end(machine);
        Ok(Progress::Done(value))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.owners.iter().copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("{}: looking at memory", self.name)
    }

    fn abandon(self, machine: &mut Machine) {
        self.end(machine);
    }
}

impl Machine {
    /// `flow`, while which the memory of `owners` keeps its size; those that have none that could change do not
    /// matter.
    pub(in crate::machine) fn exporting(
        &mut self,
        name: &'static str,
        owners: impl IntoIterator<Item = Value>,
        flow: Flow,
    ) -> Flow {
        let Flow::Enter(entry) = flow else { return flow };
        let may_change = |value: &Value| {
            let payload = self.heap.payload_of(*value);
            let fixed = matches!(payload, None | Some(Payload::Bytes(_) | Payload::Str(_)));
            !fixed
                && (self.heap.byte_string(*value).is_some()
                    || matches!(payload, Some(Payload::MemoryView(_))))
        };
        let owners: SmallVec<[Value; 2]> = owners.into_iter().filter(may_change).collect();
        if owners.is_empty() {
            return Flow::Enter(entry);
        }
        for owner in owners.iter().filter_map(|owner| owner.handle()) {
            self.heap.count_export(owner);
        }
        Flow::Enter(Entry::under(NativeFrame::waiting(Exporting { owners, name }.into()), entry))
    }
}
