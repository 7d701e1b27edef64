//! `bytearray[slice] = values` while Python code gives the values.

use super::{Advance, Input, NativeTask};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::heap::Heap;
use crate::machine::value::Value;

/// A slice of a bytearray that waits for its new bytes.  The bounds are fitted to the array afterwards:
/// going through the values may change it.
#[derive(Clone, Debug, Hash)]
pub struct AssignBytes {
    /// The array, the parts of the slice as ints or None, the values.
    args: Args,
}

impl AssignBytes {
    /// The assignment of the bytes object that is waited for.
    pub const fn new(args: Args) -> Self {
        Self { args }
    }
}

impl NativeTask for AssignBytes {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let Input::Value(bytes) = input else { panic!("the assignment waits for bytes") };
        Ok(machine.assign_bytes(&self.args, bytes)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.args.each_value(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "bytearray[slice] = values: waiting for the values".to_owned()
    }
}
