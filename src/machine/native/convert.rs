//! Conversions that a Python method computes and whose result is checked: `__str__`, `__index__`, ….

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::types;
use crate::machine::value::{Handle, Value};

/// A conversion by a special method, and the type its result must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conversion {
    /// `__repr__`, a str.
    Repr,
    /// `__repr__`, a str, of which `ascii()` escapes what is not ASCII.
    Ascii,
    /// `__str__`, a str.
    Str,
    /// `__format__`, a str.
    Format,
    /// `__index__`, an int.
    Index,
    /// `__int__`, an int.
    Int,
    /// `__float__`, a float.
    Float,
    /// `__complex__`, a complex.
    Complex,
    /// `__bytes__`, a bytes.
    Bytes,
    /// `__len__`, an int from 0.
    Length,
}

impl Conversion {
    /// The special method.
    pub const fn name(self) -> Handle {
        match self {
            Self::Repr | Self::Ascii => names::REPR,
            Self::Str => names::STR,
            Self::Format => names::FORMAT,
            Self::Index => names::INDEX,
            Self::Int => names::INT,
            Self::Float => names::FLOAT,
            Self::Complex => names::COMPLEX,
            Self::Bytes => names::BYTES,
            Self::Length => names::LEN,
        }
    }

    const fn class(self) -> Handle {
        match self {
            Self::Repr | Self::Ascii | Self::Str | Self::Format => types::STR,
            Self::Index | Self::Int | Self::Length => types::INT,
            Self::Float => types::FLOAT,
            Self::Complex => types::COMPLEX,
            Self::Bytes => types::BYTES,
        }
    }

    fn check(self, machine: &mut Machine, value: Value, result: Value) -> Eval {
        if machine.heap.is_instance(result, self.class()) {
            let checked = match self {
                Self::Ascii => machine.ascii_of(result),
                Self::Length => {
                    let length = machine.checked_length(result)?;
                    machine.heap.int(length as i64)
                }
                Self::Index | Self::Int => machine.exact_int(result),
                Self::Float => machine.exact_float(result),
                Self::Repr | Self::Str | Self::Format | Self::Complex | Self::Bytes => result,
            };
            if machine.heap.class_of(result) == self.class() {
                return Ok(checked.into());
            }
            return match self.wrong_type(machine, value, result) {
                Some((given, wanted)) => {
                    let text = format!(
                        "{given}.  The ability to return an instance of a strict subclass of {wanted} is \
                         deprecated, and may be removed in a future version of Python."
                    );
                    machine.warned(types::DEPRECATION_WARNING, &text, checked)
                }
                None => Ok(checked.into()),
            };
        }
        if let Some((message, _)) = self.wrong_type(machine, value, result) {
            return Err(machine.type_error(message));
        }
        let given = machine.class_name(result);
        Err(machine.type_error(match self {
            Self::Repr | Self::Ascii => format!("__repr__ returned non-string (type {given})"),
            Self::Str => format!("__str__ returned non-string (type {given})"),
            Self::Format => format!("__format__ must return a str, not {given}"),
            Self::Bytes => format!("__bytes__ returned non-bytes (type {given})"),
            Self::Index | Self::Int | Self::Float | Self::Complex | Self::Length => {
                format!("'{given}' object cannot be interpreted as an integer")
            }
        }))
    }

    /// What is said of a number that is not exactly of the type it has to have, and that type.
    fn wrong_type(self, machine: &Machine, value: Value, result: Value) -> Option<(String, &'static str)> {
        let (class, given) = (machine.class_name(value), machine.class_name(result));
        Some(match self {
            Self::Index => (format!("__index__ returned non-int (type {given})"), "int"),
            Self::Int => (format!("__int__ returned non-int (type {given})"), "int"),
            Self::Float => (format!("{class}.__float__ returned non-float (type {given})"), "float"),
            Self::Complex => (format!("__complex__ returned non-complex (type {given})"), "complex"),
            Self::Repr | Self::Ascii | Self::Str | Self::Format | Self::Bytes | Self::Length => return None,
        })
    }
}

/// A conversion in progress.
#[derive(Clone, Debug, Hash)]
pub struct Convert {
    conversion: Conversion,
    method: Value,
    value: Value,
    args: Args,
}

impl Convert {
    /// `value.__method__(*args)`, where `method` was found on the type of `value`.
    pub const fn new(conversion: Conversion, method: Value, value: Value, args: Args) -> Self {
        Self { conversion, method, value, args }
    }
}

impl NativeTask for Convert {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        let result = match input {
            Input::Value(value) => value,
            _ => match machine.call_method(self.method, self.value, self.args.clone())? {
                Flow::Value(value) => value,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            },
        };
        self.conversion.check(machine, self.value, result).map(Into::into)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.method);
        visit(self.value);
        self.args.each_value(visit);
    }

    fn owns(&self, value: Value) -> bool {
        // These make a bound method.
        let binds = matches!(self.conversion, Conversion::Format | Conversion::Bytes | Conversion::Complex);
        value == self.value && binds
    }

    fn title(&self, heap: &Heap) -> String {
        let class = &heap.class(heap.class_of(self.value)).name;
        let method = heap.text(self.conversion.name()).to_string_lossy();
        format!("waiting for {class}.{method}")
    }
}
