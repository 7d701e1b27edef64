//! `dir()`: what `__dir__` lists, sorted.

use super::{Advance, Collected, Input, NativeFrame, NativeTask};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Entry, Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::text::Str;
use crate::machine::value::Value;

/// `dir()` while `__dir__` runs.
#[derive(Clone, Debug, Hash)]
pub struct SortedNames;

impl NativeTask for SortedNames {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let Input::Value(names) = input else { panic!("names are sorted when they are there") };
        Ok(machine.sort_names(names)?.into())
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
            Flow::Value(names) => self.sort_names(names),
            Flow::Enter(entry) => {
                Ok(Flow::Enter(Entry::under(NativeFrame::waiting(SortedNames.into()), entry)))
            }
        }
    }

    fn sort_names(&mut self, names: Value) -> Eval {
        let items = names.handle().and_then(|names| self.heap.sequence_items(names));
        let texts: Option<Vec<(Str, Value)>> = items.and_then(|items| {
            // A str of another class may have an order of its own.
            let plain = |item: &Value| self.heap.class_of(*item) == types::STR;
            items
                .iter()
                .map(|item| Some((self.heap.text_of(*item).filter(|_| plain(item))?.clone(), *item)))
                .collect()
        });
        let Some(mut texts) = texts else {
            if !self.is_iterable(names) {
                return Err(self.not_iterable(names));
            }
            return self.collect(names, Collected::Sorted(Args::new([names])));
        };
        texts.sort_by(|a, b| a.0.points().cmp(b.0.points()));
        Ok(self.heap.list(texts.into_iter().map(|(_, name)| name).collect()).into())
    }
}
