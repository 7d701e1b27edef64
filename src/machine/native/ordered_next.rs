//! The next item of an iterator over an OrderedDict: as in CPython the node of the key is looked up, and its value.

use super::{DictAction, Do, Got, OrderedPlace, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::heap::Heap;
use crate::machine::object::iterator::{DictPart, Iter, OrderedIter};
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

use super::ordered::MUTATED;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The key is hashed.
    Hash,
    /// Its place is looked for.
    Place,
    /// Its value is looked up.
    Value,
}

/// Takes the next item.
#[derive(Clone, Debug, Hash)]
pub struct Taking {
    iterator: Handle,
    /// Whether it may give the tuple again that it gave before.
    reuses: bool,
    key: Value,
    hash: i64,
    /// What stands for no value.
    missing: Value,
    phase: Phase,
}

/// See [`Taking`].
pub type OrderedNext = Steps<Taking>;

impl OrderedNext {
    /// Of this iterator; whether it may give the same tuple again.
    pub const fn of(iterator: Handle, reuses: bool) -> Self {
        let (key, missing) = (Value::NONE, Value::NONE);
        Self::new(Taking { iterator, reuses, key, hash: 0, missing, phase: Phase::Hash })
    }
}

impl Taking {
    fn place_of<'m>(&self, m: &'m mut Machine) -> &'m mut OrderedIter {
        match m.heap.iterator_mut(self.iterator) {
            Iter::Ordered(ordered) => ordered,
            _ => panic!("an iterator over an OrderedDict is there"),
        }
    }

    /// Lets go of the key, or of all.
    fn let_go(&self, m: &mut Machine, all: bool) {
        let iter = self.place_of(m);
        let dict = if all { iter.dict.take() } else { None };
        let gone = [iter.current.take(), dict];
        gone.into_iter().flatten().for_each(|value| m.heap.release(value));
    }

    fn begin(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        let OrderedIter { dict, current, state, len, .. } = *self.place_of(m);
        let Some(dict) = dict.and_then(Value::handle) else { return Ok(Do::Exhausted) };
        let Some(key) = current else {
            self.let_go(m, true);
            return Ok(Do::Exhausted);
        };
        if m.heap.dict(dict).order_state() != state {
            self.let_go(m, true);
            return Err(m.runtime_error(MUTATED));
        }
        if m.heap.dict(dict).len() != len {
            self.place_of(m).len = usize::MAX;
            return Err(m.runtime_error("OrderedDict changed size during iteration"));
        }
        self.key = key;
        if let Some(hash) = m.hash_atom(key) {
            self.hash = hash;
            return self.place(m, dict);
        }
        Ok(m.hash(key)?.into())
    }

    fn place(&mut self, m: &mut Machine, dict: Handle) -> Result<Do, Raise> {
        self.phase = Phase::Place;
        Ok(m.begin(OrderedPlace::of(dict, self.key, self.hash))?.into())
    }

    /// The key has its node at `place`: the iterator moves on to the next.
    fn placed(&mut self, m: &mut Machine, dict: Handle, place: usize) -> Result<Do, Raise> {
        let OrderedIter { reverse, part, .. } = *self.place_of(m);
        let order = m.heap.dict(dict).order();
        let Some((order, id)) = order.and_then(|order| Some((order, order.at(place)?))) else {
            let missing = m.key_error(self.key);
            self.let_go(m, false);
            return Err(missing);
        };
        let next = order.beside(id, reverse).and_then(|id| order.node(id)).map(|node| node.key);
        if let Some(next) = next {
            m.heap.retain(next);
        }
        if let Some(key) = std::mem::replace(&mut self.place_of(m).current, next) {
            m.heap.release(key);
        }
        if part == DictPart::Keys {
            return Ok(Do::Done(self.key));
        }
        self.phase = Phase::Value;
        if m.hash_atom(self.key).is_some()
            && let Some(entry) = m.heap.dict(dict).entry_of(self.key, self.hash)
        {
            return Ok(self.give(m, entry.value));
        }
        self.missing = m.heap.list(Vec::new());
        Ok(m.dict_act(dict, self.key, DictAction::Get(self.missing))?.into())
    }

    fn give(&mut self, m: &mut Machine, value: Value) -> Do {
        let OrderedIter { part, given, .. } = *self.place_of(m);
        Do::Done(match part {
            DictPart::Items => m.pair_again(self.iterator, given, self.reuses, [self.key, value]),
            DictPart::Keys | DictPart::Values => value,
        })
    }
}

impl Stepwise for Taking {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Got::Value(value) = got else { return self.begin(m) };
        // Python code may have used the iterator up meanwhile.
        let Some(dict) = self.place_of(m).dict.and_then(Value::handle) else { return Ok(Do::Exhausted) };
        match self.phase {
            Phase::Hash => {
                self.hash = m.hash_from_result(value)?;
                self.place(m, dict)
            }
            Phase::Place => {
                let place = m.index_clamped(value).unwrap_or(0) as usize;
                self.placed(m, dict, place)
            }
            Phase::Value if value == self.missing => {
                let missing = m.key_error(self.key);
                self.let_go(m, true);
                Err(missing)
            }
            Phase::Value => Ok(self.give(m, value)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.iterator));
        if self.phase == Phase::Value {
            visit(self.key);
            visit(self.missing);
        }
    }

    /// The iterator has the key.
    fn borrows(&self, _heap: &Heap, visit: &mut impl FnMut(Value)) {
        if self.phase != Phase::Value {
            visit(self.key);
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Hash => "OrderedDict: waiting for the hash of the next key",
            Phase::Place => "OrderedDict: looking for the place of the next key",
            Phase::Value => "OrderedDict: looking for the value of the next key",
        }
        .to_owned()
    }
}

impl Machine {
    /// An iterator over a part of an OrderedDict, in the order of its nodes.
    pub(in crate::machine) fn ordered_iterator(
        &mut self,
        dict: Value,
        part: DictPart,
        reverse: bool,
    ) -> Value {
        let table = self.heap.dict(dict.handle().expect("a dict is a heap object"));
        let first = table.order().and_then(|order| order.node(order.end(reverse)?));
        let iterator = OrderedIter {
            dict: Some(dict),
            current: first.map(|node| node.key),
            state: table.order_state(),
            len: table.len(),
            part,
            reverse,
            given: None,
        };
        self.heap.new_iterator(types::ORDERED_ITERATOR, Iter::Ordered(Box::new(iterator)))
    }
}
