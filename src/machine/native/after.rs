//! What is made of a value that has to be waited for: the last step of an operation whose first step
//! may run Python code.

use super::{Advance, Input, NativeFrame, NativeTask};
use crate::machine::Machine;
use crate::machine::frame::{Entry, Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::number::IntRef;
use crate::machine::number::int::ByteOrder;
use crate::machine::value::{Handle, Value};

/// What is made of a value once it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Follow {
    /// The digits of an int in this base, with its prefix: `bin()`, `oct()`, `hex()`.
    Digits(u32),
    /// The float of an int.
    Float,
    /// An instance of this class, which derives from int, with the int's value.
    IntInstance(Handle),
    /// The int that bytes stand for, or what a class derived from int makes of it.
    IntFromBytes {
        /// The class that is asked.
        class: Handle,
        /// The order of the bytes.
        order: ByteOrder,
        /// Whether it may be negative.
        signed: bool,
    },
    /// An instance of this class, which derives from float, with the float's value.
    FloatInstance(Handle),
    /// An instance of this class, which derives from complex, with the complex number's value.
    ComplexInstance(Handle),
    /// An instance of this class, which derives from str, with the str's text.
    StrInstance(Handle),
    /// An instance of this class, which derives from bytes, with the same bytes.
    BytesInstance(Handle),
    /// The same bytes in this bytearray, in place of its own.
    FillByteArray(Handle),
    /// The same bytes in this bytearray, behind its own.
    ExtendByteArray(Handle),
    /// The hash of the object that this weak reference leads to, which it keeps.
    WeakHash(Handle),
}

impl Follow {
    fn apply(self, machine: &mut Machine, value: Value) -> Eval {
        Ok(match self {
            Self::Digits(base) => {
                let int = machine.heap.int_ref(value).map(IntRef::to_int).expect("an index is an int");
                let text = int.view().to_prefixed(base);
                machine.heap.str(text)
            }
            Self::Float => return machine.float_of(value),
            Self::IntInstance(class) => machine.int_instance(class, value),
            Self::IntFromBytes { class, order, signed } => {
                return machine.int_from_bytes(class, value, order, signed);
            }
            Self::FloatInstance(class) => machine.float_instance(class, value),
            Self::ComplexInstance(class) => machine.complex_instance(class, value),
            Self::StrInstance(class) => machine.str_instance(class, value),
            Self::BytesInstance(class) => machine.bytes_instance(class, value),
            Self::FillByteArray(array) => return machine.fill_bytearray(array, value, false),
            Self::ExtendByteArray(array) => return machine.fill_bytearray(array, value, true),
            Self::WeakHash(weak) => machine.keep_weak_hash(weak, value),
        }
        .into())
    }
}

/// A value is being waited for, of which something will be made.
#[derive(Clone, Debug, Hash)]
pub struct After(Follow);

impl NativeTask for After {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let Input::Value(value) = input else { panic!("what follows begins with a value") };
        Ok(self.0.apply(machine, value)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        match self.0 {
            Follow::Digits(_) | Follow::Float => {}
            Follow::IntInstance(class)
            | Follow::IntFromBytes { class, .. }
            | Follow::FloatInstance(class)
            | Follow::ComplexInstance(class)
            | Follow::StrInstance(class)
            | Follow::BytesInstance(class)
            | Follow::WeakHash(class) => visit(Value::object(class)),
            Follow::FillByteArray(array) | Follow::ExtendByteArray(array) => {
                visit(Value::object(array));
            }
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let name = match self.0 {
            Follow::Digits(2) => "bin",
            Follow::Digits(8) => "oct",
            Follow::Digits(_) => "hex",
            Follow::Float => "float",
            Follow::IntInstance(class)
            | Follow::IntFromBytes { class, .. }
            | Follow::FloatInstance(class)
            | Follow::ComplexInstance(class)
            | Follow::StrInstance(class)
            | Follow::BytesInstance(class) => &heap.class(class).name,
            Follow::FillByteArray(_) => "bytearray",
            Follow::ExtendByteArray(_) => "bytearray.extend",
            Follow::WeakHash(_) => "hash",
        };
        format!("{name}: waiting for the value to convert")
    }
}

impl Machine {
    /// Makes of what `flow` gives what `follow` says.
    pub(in crate::machine) fn after(&mut self, flow: Flow, follow: Follow) -> Eval {
        match flow {
            Flow::Value(value) => follow.apply(self, value),
            Flow::Enter(entry) => {
                Ok(Flow::Enter(Entry::under(NativeFrame::waiting(After(follow).into()), entry)))
            }
        }
    }
}
