//! Hashing a value whose type, or whose items' types, have a say in it.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::hash::{TupleHash, slice};
use crate::machine::heap::Heap;
use crate::machine::number::IntRef;
use crate::machine::object::Payload;
use crate::machine::value::Value;

/// `hash(value)` by a Python `__hash__`.
#[derive(Clone, Debug, Hash)]
pub struct HashResult {
    method: Value,
    value: Value,
}

impl HashResult {
    /// Asks `method`, found on the type of `value`.
    pub const fn new(method: Value, value: Value) -> Self {
        Self { method, value }
    }
}

impl NativeTask for HashResult {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let answer = match input {
            Input::Value(value) => value,
            _ => match machine.call_hash(self.method, self.value)? {
                Flow::Value(value) => value,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            },
        };
        let hash = machine.hash_from_result(answer)?;
        Ok(Progress::Done(machine.heap.int(hash)))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.method);
        visit(self.value);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("hash: waiting for {}.__hash__", heap.class(heap.class_of(self.value)).name)
    }
}

/// The hash of a tuple or slice, item by item.
#[derive(Clone, Debug, Hash)]
pub struct HashItems {
    value: Value,
    /// The items; the tuple or slice itself keeps them alive.
    items: Vec<Value>,
    hashes: Vec<i64>,
    is_slice: bool,
}

impl HashItems {
    /// The hash of a tuple, or of what is hashed like one.
    pub const fn tuple(value: Value, items: Vec<Value>) -> Self {
        Self { value, items, hashes: Vec::new(), is_slice: false }
    }

    /// The hash of a slice.
    pub const fn slice(value: Value, items: Vec<Value>) -> Self {
        Self { value, items, hashes: Vec::new(), is_slice: true }
    }

    fn finish(&self) -> i64 {
        if let (true, [start, stop, step]) = (self.is_slice, &self.hashes[..]) {
            return slice(*start, *stop, *step);
        }
        let mut tuple = TupleHash::new(self.hashes.len());
        self.hashes.iter().for_each(|hash| tuple.add(*hash));
        tuple.finish()
    }
}

impl NativeTask for HashItems {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut answer = match input {
            Input::Value(value) => Some(value),
            _ => None,
        };
        loop {
            if let Some(value) = answer.take() {
                let hash = machine.heap.int_ref(value).and_then(IntRef::small).expect("a hash fits 64 bits");
                self.hashes.push(hash);
            }
            let Some(item) = self.items.get(self.hashes.len()).copied() else {
                let hash = self.finish();
                if let (Some(tuple), Some(Payload::Tuple(_))) =
                    (self.value.handle(), machine.heap.payload_of(self.value))
                {
                    machine.heap.keep_hash(tuple, hash);
                }
                return Ok(Progress::Done(machine.heap.int(hash)));
            };
            match machine.hash(item)? {
                Flow::Value(value) => answer = Some(value),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.value);
    }

    fn borrows(&self, _heap: &Heap, visit: &mut impl FnMut(Value)) {
        self.items.get(self.hashes.len()).copied().into_iter().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.class_of(self.value)).name;
        format!("hash of a {class}: item {} of {}", self.hashes.len() + 1, self.items.len())
    }
}
