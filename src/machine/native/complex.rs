//! `complex(real, imag)`: the parts are converted one after the other.

use super::{Advance, Conversion, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::number::Complex;
use crate::machine::object::types;
use crate::machine::protocol::number::Number;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// `real` is asked for its `__complex__`.
    Special,
    /// `real` is made a float.
    Real,
    /// `imag` is made a float.
    Imag,
}

/// `complex(real, imag)`, where neither is a text.
#[derive(Clone, Debug, Hash)]
pub struct NewComplex {
    class: Handle,
    real: Value,
    imag: Option<Value>,
    /// Whether `real` stands for a part alone: `imag` is given too, or it is given by its name.
    is_part: bool,
    /// The name of the type that `real` had before it was asked for its `__complex__`.
    given: String,
    phase: Phase,
}

impl NewComplex {
    /// An instance of `class`, which is complex or derives from it.
    pub fn new(machine: &Machine, class: Handle, real: Value, imag: Option<Value>, is_part: bool) -> Self {
        let given = machine.class_name(real);
        Self { class, real, imag, is_part, given, phase: Phase::Special }
    }

    /// Whether a complex number is told of that `real` is: not one of a subclass that its `__complex__` gave.
    fn warns_of(&self, machine: &Machine, part: Value) -> bool {
        machine.heap.class_of(part) == types::COMPLEX || machine.class_name(part) == self.given
    }

    /// The value of the part at hand, converted.
    fn convert(&self, machine: &mut Machine) -> Eval {
        let part = match self.phase {
            Phase::Special => {
                return machine.convert(Conversion::Complex, self.real).unwrap_or(Ok(self.real.into()));
            }
            Phase::Real => self.real,
            Phase::Imag => match self.imag {
                Some(imag) => imag,
                None => return Ok(Value::NONE.into()),
            },
        };
        if let Some(Number::Complex(_)) = machine.heap.number(part) {
            let name = match self.phase {
                Phase::Imag => "imag",
                Phase::Special | Phase::Real if self.is_part && self.warns_of(machine, part) => "real",
                Phase::Special | Phase::Real => return Ok(part.into()),
            };
            let class = if self.phase == Phase::Imag { machine.class_name(part) } else { self.given.clone() };
            let text = format!("complex() argument '{name}' must be a real number, not {class}");
            return machine.warned(types::DEPRECATION_WARNING, &text, part);
        }
        if machine.is_real_like(part) {
            // With two arguments, the `__float__` of a class derived from float is asked as well.
            let is_asked = self.imag.is_some() && machine.heap.is_instance(part, types::FLOAT);
            let asked = is_asked.then(|| machine.convert(Conversion::Float, part));
            return asked.flatten().unwrap_or_else(|| machine.real_number(part));
        }
        let class = machine.class_name(part);
        Err(machine.type_error(match (self.phase, self.is_part) {
            (Phase::Imag, _) => format!("complex() argument 'imag' must be a real number, not {class}"),
            (_, true) => format!("complex() argument 'real' must be a real number, not {class}"),
            (_, false) => format!("complex() argument must be a string or a number, not {class}"),
        }))
    }

    fn finish(&self, machine: &mut Machine) -> Result<Value, Raise> {
        let parts = |value: Value| match machine.heap.number(value) {
            Some(Number::Float(real)) => (real, None),
            Some(Number::Complex(value)) => (value.real, Some(value.imag)),
            Some(Number::Int(_)) | None => panic!("the parts are converted"),
        };
        let (mut real, rest) = parts(self.real);
        let imag = match self.imag.map(parts) {
            None => rest.unwrap_or(0.0),
            Some((imag, turned)) => {
                if let Some(turned) = turned {
                    real -= turned;
                }
                rest.map_or(imag, |rest| imag + rest)
            }
        };
        let value = machine.heap.new_complex(Complex { real, imag });
        Ok(machine.complex_instance(self.class, value))
    }
}

impl NativeTask for NewComplex {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut answer = if let Input::Value(value) = input { Some(value) } else { None };
        loop {
            let converted = match answer.take() {
                Some(value) => value,
                None => match self.convert(machine)? {
                    Flow::Value(value) => value,
                    Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                },
            };
            self.phase = match self.phase {
                Phase::Special => {
                    self.real = converted;
                    Phase::Real
                }
                Phase::Real => {
                    self.real = converted;
                    Phase::Imag
                }
                Phase::Imag => {
                    self.imag = self.imag.map(|_| converted);
                    return self.finish(machine).map(Progress::Done);
                }
            };
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.class));
        [Some(self.real), self.imag].into_iter().flatten().for_each(visit);
    }

    fn title(&self, heap: &Heap) -> String {
        let name = &heap.class(self.class).name;
        let part = if self.phase == Phase::Imag { "imaginary" } else { "real" };
        format!("{name}: converting the {part} part")
    }
}
