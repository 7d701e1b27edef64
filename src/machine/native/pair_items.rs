//! What a dict is to be filled with, item by item: each is made a list, of which a key and a value are wanted.

use super::{Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Start,
    /// It is asked for its iterator.
    Iterator,
    /// The iterator is gone through.
    Items,
}

/// One item on its way to a list.
#[derive(Clone, Debug, Hash)]
pub struct PairItemsWork {
    item: Value,
    /// Its number, from 0.
    index: usize,
    phase: Phase,
}

/// See [`PairItemsWork`].
pub type PairItems = Steps<PairItemsWork>;

impl PairItems {
    /// Makes the item with this number a list.
    pub fn of(item: Value, index: usize) -> Self {
        Self::new(PairItemsWork { item, index, phase: Phase::Start })
    }
}

impl PairItemsWork {
    /// The error, which says which item it is about.
    fn noted(&self, m: &mut Machine, exception: Value) -> Raise {
        let note = format!("Cannot convert dictionary update sequence element #{} to a sequence", self.index);
        m.add_note(exception, &note);
        Raise::passed(exception)
    }
}

impl Stepwise for PairItemsWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.phase, got) {
            (Phase::Start, _) => {
                self.phase = Phase::Iterator;
                Ok(m.iter(self.item)?.into())
            }
            (Phase::Iterator, Got::Raised(_)) => {
                let raise = m.type_error("object is not iterable");
                self.phase = Phase::Start;
                self.noted(m, raise.exception);
                Err(raise)
            }
            (Phase::Iterator, Got::Value(iterator)) => {
                self.phase = Phase::Items;
                Ok(m.collect_list(iterator)?.into())
            }
            (Phase::Items, Got::Raised(exception)) => {
                self.phase = Phase::Start;
                Err(self.noted(m, exception))
            }
            (Phase::Items, Got::Value(list)) => Ok(Do::Done(list)),
            (Phase::Iterator | Phase::Items, _) => panic!("a call gives a value"),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.item);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("dict.update: making pair {} a list", self.index)
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.phase != Phase::Start && heap.is_instance(exception, types::TYPE_ERROR)
    }
}
