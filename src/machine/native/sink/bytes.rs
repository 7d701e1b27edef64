//! Items that become bytes: `bytes()`, `bytearray()`, `bytearray.extend()`.

use super::{Hint, Taken, Takes};
use crate::machine::Machine;
use crate::machine::frame::{Eval, Flow};
use crate::machine::names;
use crate::machine::raise::Raise;
use crate::machine::value::Value;

/// Who wants the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BytesFor {
    /// `bytes(iterable)`.
    Bytes,
    /// `bytearray(iterable)`.
    ByteArray,
    /// `bytearray.extend(iterable)`.
    Extend,
    /// `bytearray[slice] = iterable`.
    Slice,
}

/// Each item is the int of a byte, or has an `__index__` that gives it.
#[derive(Clone, Debug, Hash)]
pub struct Bytes {
    wanted: BytesFor,
    /// Whether a single byte makes a new object.
    anew: bool,
    made: Vec<u8>,
}

#[allow(clippy::unused_self, reason = "every sink has the same methods")]
impl Bytes {
    /// No bytes yet; `anew` says whether a single one makes a new object.
    pub const fn new(wanted: BytesFor, anew: bool) -> Self {
        Self { wanted, anew, made: Vec::new() }
    }

    pub(super) const fn hint(&self) -> Hint {
        match self.wanted {
            BytesFor::Bytes | BytesFor::Extend => Hint::Iterable,
            BytesFor::ByteArray | BytesFor::Slice => Hint::Nobody,
        }
    }
}

impl Takes for Bytes {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        if machine.heap.int_ref(item).is_none() && machine.heap.special(item, names::INDEX).is_some() {
            return match machine.index(item)? {
                Flow::Value(byte) => self.answer(machine, byte),
                Flow::Enter(entry) => Ok(Taken::Wait(entry)),
            };
        }
        self.answer(machine, item)
    }

    fn answer(&mut self, machine: &mut Machine, byte: Value) -> Result<Taken, Raise> {
        let name = if self.wanted == BytesFor::Bytes { "bytes" } else { "byte" };
        self.made.push(machine.byte_argument(byte, name)?);
        Ok(Taken::More)
    }

    fn finish(&mut self, machine: &mut Machine) -> Eval {
        Ok(if self.anew { machine.heap.new_bytes(&self.made) } else { machine.heap.bytes(&self.made) }.into())
    }

    fn each_value(&self, _visit: &mut impl FnMut(Value)) {}

    fn name(&self) -> &'static str {
        match self.wanted {
            BytesFor::Bytes => "bytes",
            BytesFor::ByteArray => "bytearray",
            BytesFor::Extend => "bytearray.extend",
            BytesFor::Slice => "bytearray[slice] = values",
        }
    }

    fn doing(&self, number: usize) -> String {
        format!("making a byte of item {number}")
    }
}
