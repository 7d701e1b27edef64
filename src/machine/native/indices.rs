//! Natives that go on with other arguments: converted ones, or one that had to be waited for.

use std::fmt;
use std::hash::{Hash, Hasher};

use super::{Advance, Conversion, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::function::NativeBody;
use crate::machine::object::types;
use crate::machine::protocol::buffer::flags;
use crate::machine::protocol::number::Number;
use crate::machine::value::{Kind, Value};

/// What may stand for an integer, and what the error says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// An integer.
    Plain,
    /// The same of every argument, however many there are.
    Every,
    /// A part of a slice: an integer or None.
    Slice,
    /// A bound of a search: an integer.
    Bound,
    /// Anything: its truth.
    Truth,
    /// A real number, as a float.
    Real,
    /// A number, as a complex or a float.
    Complex,
    /// Anything; of what has its memory in Python, a view of it.
    Buffer,
}

/// What is done with the converted arguments.
#[derive(Clone, Copy)]
struct Then {
    name: &'static str,
    body: NativeBody,
}

impl Hash for Then {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl fmt::Debug for Then {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// Converts some arguments, to ints by their `__index__` or to their truth, then goes on with them.
#[derive(Clone, Debug, Hash)]
pub struct ConvertIndices {
    args: Args,
    /// Which arguments are converted.
    wanted: &'static [usize],
    at: usize,
    style: Style,
    /// What was converted to an int that is larger than C's, and the name of its type, which errors tell.
    large: Vec<(Value, String)>,
    then: Then,
}

impl ConvertIndices {
    /// Puts what an argument was converted to in its place.
    fn put(&mut self, machine: &Machine, index: usize, value: Value) {
        if machine.heap.int_ref(value).is_some_and(|int| int.small().is_none()) {
            self.large.push((value, machine.class_name(self.args.at(index))));
        }
        self.args.set(index, value);
    }

    /// Which argument is converted next.
    fn place(&self) -> Option<usize> {
        match self.style {
            Style::Every => Some(self.at).filter(|at| *at < self.args.len()),
            Style::Plain
            | Style::Slice
            | Style::Bound
            | Style::Truth
            | Style::Real
            | Style::Complex
            | Style::Buffer => self.wanted.get(self.at).copied(),
        }
    }

    fn convert(&self, machine: &mut Machine, value: Value) -> Eval {
        if self.style == Style::Truth {
            return machine.truth(value);
        }
        if self.style == Style::Real {
            return machine.real_number(value);
        }
        if self.style == Style::Complex {
            let asked = machine.convert(Conversion::Complex, value);
            return asked.unwrap_or_else(|| machine.real_number(value));
        }
        if self.style == Style::Buffer {
            return machine.memory_of(value, flags::SIMPLE).unwrap_or(Ok(Flow::Value(value)));
        }
        if !matches!(self.style, Style::Plain | Style::Every)
            && machine.heap.special(value, names::INDEX).is_none()
        {
            let or_none = if self.style == Style::Slice { "None or " } else { "" };
            let message = format!("slice indices must be integers or {or_none}have an __index__ method");
            return Err(machine.type_error(message));
        }
        machine.index(value)
    }
}

/// The argument at `index`, if it is there and still has to be converted.
fn open(m: &Machine, args: &Args, style: Style, index: usize) -> Option<Value> {
    args.get(index).filter(|value| match style {
        Style::Truth => !matches!(value.kind(), Kind::Bool(_)),
        Style::Real => !matches!(value.kind(), Kind::Float(_)),
        Style::Complex => !matches!(m.heap.number(*value), Some(Number::Float(_) | Number::Complex(_))),
        Style::Slice if value.is_none() => false,
        Style::Buffer => m.has_python_buffer(*value),
        Style::Plain | Style::Every | Style::Slice | Style::Bound => m.heap.int_ref(*value).is_none(),
    })
}

impl NativeTask for ConvertIndices {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        if let Input::Value(value) = input {
            let index = self.place().expect("an argument is waited for");
            self.put(machine, index, value);
            self.at += 1;
        }
        while let Some(index) = self.place() {
            if let Some(value) = open(machine, &self.args, self.style, index) {
                match self.convert(machine, value)? {
                    Flow::Value(value) => self.put(machine, index, value),
                    Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                }
            }
            self.at += 1;
        }
        machine.large_indices.append(&mut self.large);
        let done = (self.then.body)(machine, &self.args);
        machine.large_indices.clear();
        Ok(done?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.args.each_value(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("{}: converting argument {}", self.then.name, self.at + 1)
    }
}

/// Waits for an argument, then goes on with all of them.
#[derive(Clone, Debug, Hash)]
pub struct Continue {
    args: Args,
    /// Where the argument goes.
    index: usize,
    then: Then,
}

impl NativeTask for Continue {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let Input::Value(value) = input else { panic!("an argument is waited for") };
        self.args.set(self.index, value);
        Ok((self.then.body)(machine, &self.args)?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.args.each_value(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("{}: waiting", self.then.name)
    }
}

impl Machine {
    /// Goes on with `body` once the argument at `index`, which `flow` gives, is there.
    pub(in crate::machine) fn continue_with(
        &mut self,
        name: &'static str,
        flow: Flow,
        mut args: Args,
        index: usize,
        body: NativeBody,
    ) -> Eval {
        match flow {
            Flow::Value(value) => {
                args.set(index, value);
                body(self, &args)
            }
            Flow::Enter(entry) => self.then(entry, Continue { args, index, then: Then { name, body } }),
        }
    }

    /// Converts the arguments `wanted`, where they are given, and goes on with `body`.
    pub(in crate::machine) fn with_indices(
        &mut self,
        name: &'static str,
        args: &Args,
        wanted: &'static [usize],
        style: Style,
        body: NativeBody,
    ) -> Eval {
        let is_open = |index: usize| open(self, args, style, index).is_some();
        let waits = if style == Style::Every {
            (0..args.len()).any(is_open)
        } else {
            wanted.iter().copied().any(is_open)
        };
        if !waits {
            return body(self, args);
        }
        self.begin(ConvertIndices {
            args: args.clone(),
            wanted,
            at: 0,
            style,
            large: Vec::new(),
            then: Then { name, body },
        })
    }

    /// The 64-bit number that an int is; a larger one is an error of the type `class`.
    pub(in crate::machine) fn index_i64(
        &mut self,
        value: Value,
        class: crate::machine::value::Handle,
    ) -> Result<i64, crate::machine::raise::Raise> {
        match self.heap.int_ref(value).and_then(crate::machine::number::IntRef::small) {
            Some(number) => Ok(number),
            None => {
                let given = self.large_indices.iter().find(|(large, _)| *large == value);
                let name = given.map_or_else(|| self.class_name(value), |(_, name)| name.clone());
                Err(self.raise(class, format!("cannot fit '{name}' into an index-sized integer")))
            }
        }
    }

    /// The number that an int is, where C takes it for an int of its own: if it has 32 bits at most.
    pub(in crate::machine) fn c_int(&mut self, value: Value) -> Result<i32, crate::machine::raise::Raise> {
        let number = self.heap.int_ref(value).and_then(crate::machine::number::IntRef::small);
        number
            .and_then(|number| i32::try_from(number).ok())
            .ok_or_else(|| self.overflow_error("Python int too large to convert to C int"))
    }

    /// The 64-bit number nearest to the int that `value` is; None for None.
    pub(in crate::machine) fn index_clamped(&self, value: Value) -> Option<i64> {
        let number = self.heap.int_ref(value)?;
        Some(number.small().unwrap_or(if number.signum() < 0 { i64::MIN } else { i64::MAX }))
    }

    /// What a length hint is checked for, as CPython does it: an integer that is not negative.
    pub(in crate::machine) fn check_hint(
        &mut self,
        value: Value,
        is_len: bool,
    ) -> Result<(), crate::machine::raise::Raise> {
        if value == Value::NOT_IMPLEMENTED && !is_len {
            return Ok(());
        }
        if is_len {
            // A TypeError of `len()` is passed over.
            return match self.checked_length(value) {
                Err(raise) if !self.heap.is_instance(raise.exception, types::TYPE_ERROR) => Err(raise),
                _ => Ok(()),
            };
        }
        match self.index_clamped(value) {
            Some(0..) => Ok(()),
            Some(_) => Err(self.value_error("__length_hint__() should return >= 0")),
            None => {
                let class = self.class_name(value);
                Err(self.type_error(format!("__length_hint__ must be an integer, not {class}")))
            }
        }
    }
}
