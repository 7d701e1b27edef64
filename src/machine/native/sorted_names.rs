//! `dir()`: what `__dir__` lists, sorted.

use super::{Advance, Input, NativeFrame, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::{Entry, Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::raise::Raise;
use crate::machine::text::Str;
use crate::machine::value::Value;

/// `dir()` while `__dir__` runs.
#[derive(Clone, Debug, Hash)]
pub struct SortedNames;

impl NativeTask for SortedNames {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let Input::Value(names) = input else { panic!("names are sorted when they are there") };
        Ok(Progress::Done(machine.sort_names(names)?))
    }

    fn each_value(&self, _visit: &mut impl FnMut(Value)) {}

    fn title(&self, _heap: &Heap) -> String {
        "dir: waiting for __dir__".to_owned()
    }
}

impl Machine {
    /// A sorted list of the names that `flow` gives.
    pub(in crate::machine) fn sorted_names(&mut self, flow: Flow) -> Eval {
        match flow {
            Flow::Value(names) => Ok(self.sort_names(names)?.into()),
            Flow::Enter(entry) => {
                Ok(Flow::Enter(Entry::under(NativeFrame::waiting(SortedNames.into()), entry)))
            }
        }
    }

    fn sort_names(&mut self, names: Value) -> Result<Value, Raise> {
        let items = names.handle().and_then(|names| self.heap.sequence_items(names));
        let texts: Option<Vec<(Str, Value)>> = items.and_then(|items| {
            items.iter().map(|item| Some((self.heap.text_of(*item)?.clone(), *item))).collect()
        });
        let Some(mut texts) = texts else {
            return Err(self.unsupported("dir() of what __dir__ does not list as str"));
        };
        texts.sort_by(|a, b| a.0.points().cmp(b.0.points()));
        Ok(self.heap.list(texts.into_iter().map(|(_, name)| name).collect()))
    }
}
