//! The record of code objects that were loaded, with the identities of their constants.
//!
//! It outlives the code objects: a value may be a constant of code that is gone.

use std::rc::Rc;

use super::heap::Heap;
use super::log::Log;
use super::object::Payload;
use super::object::code::LoadedCode;
use super::value::Value;

/// How many are kept at least: a program may compile without end.
const KEPT: usize = 4096;
/// How deep constants inside constants are noted.
const DEPTH: usize = 8;

/// A code object that was loaded.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The step that loaded it; 0 is before the program started.
    pub step: u64,
    /// The number of the compilation it belongs to, from 1.
    pub unit: u64,
    /// The code object.
    pub code: Rc<LoadedCode>,
    /// Its constants, and the items of those that are tuples.
    pub constants: Rc<[Constant]>,
}

/// A constant, or an item of one.
#[derive(Clone, Copy, Debug)]
pub struct Constant {
    /// The value.
    pub value: Value,
    /// The step that made it, for an object of the heap.
    pub born: Option<u64>,
    /// Its place in `co_consts`.
    pub slot: u32,
    /// Its place in the tuple that is the constant; of a tuple within that tuple, where that begins.
    pub item: Option<u32>,
}

/// What has been loaded, oldest first.
#[derive(Clone, Debug, Default)]
pub struct LoadLog {
    log: Log<Loaded>,
    units: u64,
}

impl LoadLog {
    /// How many code objects have been loaded.
    pub fn len(&self) -> usize {
        self.log.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.log.is_empty()
    }

    /// Those from number `from` on, as far as they are kept.
    pub fn since(&self, from: usize) -> impl DoubleEndedIterator<Item = &Loaded> {
        self.log.since(from)
    }

    /// A compilation begins to be loaded.
    pub(super) const fn begin_unit(&mut self) {
        self.units += 1;
    }

    /// Notes a code object of this compilation.
    pub(super) fn note(&mut self, heap: &Heap, code: &Rc<LoadedCode>) {
        let mut constants = Vec::new();
        for (slot, value) in (0..).zip(&code.consts) {
            add(heap, *value, slot, None, DEPTH, &mut constants);
        }
        let (code, constants) = (Rc::clone(code), constants.into());
        self.log.push(Loaded { step: heap.now, unit: self.units, code, constants });
        self.log.keep_last(KEPT);
    }
}

fn add(heap: &Heap, value: Value, slot: u32, item: Option<u32>, depth: usize, to: &mut Vec<Constant>) {
    let object = value.handle().map(|handle| heap.get(handle));
    to.push(Constant { value, born: object.map(|object| object.born), slot, item });
    if let (Some(Payload::Tuple(items)), Some(depth)) =
        (object.map(super::object::Object::payload), depth.checked_sub(1))
    {
        for (index, value) in (0..).zip(items.iter()) {
            add(heap, *value, slot, item.or(Some(index)), depth, to);
        }
    }
}
