//! Making one value of all items: `sum`, `min`, `max`.

use super::{Taken, Takes};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::number::Complex;
use crate::machine::object::types;
use crate::machine::protocol::compare::Comparison;
use crate::machine::protocol::number::Number;
use crate::machine::protocol::operator::Binary;
use crate::machine::raise::Raise;
use crate::machine::value::{Kind, Value};

use std::hash::{Hash, Hasher};

/// `sum(iterable, start)`.
#[derive(Clone, Debug, Hash)]
pub struct Sum {
    total: Value,
    stage: Stage,
}

/// What the total has been so far.  CPython sums ints, floats and complex numbers in ways of their own, one after the
/// other, and comes back to none.
#[derive(Clone, Copy, Debug, Hash)]
enum Stage {
    /// Ints of ordinary size.
    Ints,
    /// Floats, with what rounding has lost so far; nothing where the total is still to be looked at.
    Floats(Option<Lost>),
    /// Complex numbers: the real parts, the imaginary parts.
    Complexes(Option<(Lost, Lost)>),
    /// Anything.
    Any,
}

#[derive(Clone, Copy, Debug)]
struct Lost {
    high: f64,
    low: f64,
}

impl Hash for Lost {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.high.to_bits().hash(state);
        self.low.to_bits().hash(state);
    }
}

impl Lost {
    /// Nothing is lost of the first number.
    const fn from(high: f64) -> Self {
        Self { high, low: 0.0 }
    }

    /// Adds by Neumaier's method.
    fn add(&mut self, value: f64) {
        let sum = self.high + value;
        if self.high.abs() >= value.abs() {
            self.low += (self.high - sum) + value;
        } else {
            self.low += (value - sum) + self.high;
        }
        self.high = sum;
    }

    /// The sum; a lost part that is no number says nothing.
    fn total(self) -> f64 {
        if self.low != 0.0 && self.low.is_finite() { self.high + self.low } else { self.high }
    }
}

impl Sum {
    /// Adds to `start`.
    pub const fn new(start: Value) -> Self {
        Self { total: start, stage: Stage::Ints }
    }

    /// Adds an item in the way of the stage; whether there is one for it.  Where there is none, the stage is over once
    /// the item has been added in the general way.
    fn add_by_stage(&mut self, machine: &mut Machine, item: Value) -> Result<bool, Raise> {
        loop {
            match (&mut self.stage, self.total.kind()) {
                (Stage::Ints, Kind::Int(total)) => {
                    let item = match item.kind() {
                        Kind::Bool(item) => Some(item.into()),
                        Kind::Int(item) => Some(item),
                        _ => None,
                    };
                    let Some(sum) = item.and_then(|item: i64| total.checked_add(item)) else {
                        self.stage = Stage::Floats(None);
                        return Ok(false);
                    };
                    self.total = machine.heap.int(sum);
                    return Ok(true);
                }
                (Stage::Ints, _) => self.stage = Stage::Floats(None),
                (Stage::Floats(None), Kind::Float(first)) => {
                    self.stage = Stage::Floats(Some(Lost::from(first)));
                }
                (Stage::Floats(None), _) => self.stage = Stage::Complexes(None),
                (Stage::Floats(Some(lost)), _) => {
                    let value = match machine.heap.number(item) {
                        Some(Number::Float(value)) if matches!(item.kind(), Kind::Float(_)) => value,
                        Some(Number::Int(int)) => {
                            int.to_float().map_err(|error| machine.number_error(error))?
                        }
                        _ => {
                            self.total = machine.heap.float(lost.total());
                            self.stage = Stage::Complexes(None);
                            return Ok(false);
                        }
                    };
                    lost.add(value);
                    return Ok(true);
                }
                (Stage::Complexes(None), _) => {
                    let is_complex = machine.heap.class_of(self.total) == types::COMPLEX;
                    self.stage = match machine.heap.number(self.total).filter(|_| is_complex) {
                        Some(Number::Complex(first)) => {
                            Stage::Complexes(Some((Lost::from(first.real), Lost::from(first.imag))))
                        }
                        _ => Stage::Any,
                    };
                }
                (Stage::Complexes(Some((real, imag))), _) => {
                    match machine.heap.number(item) {
                        Some(Number::Complex(value)) if machine.heap.class_of(item) == types::COMPLEX => {
                            real.add(value.real);
                            imag.add(value.imag);
                        }
                        Some(Number::Float(value)) => real.add(value),
                        Some(Number::Int(int)) => {
                            real.add(int.to_float().map_err(|error| machine.number_error(error))?);
                        }
                        _ => {
                            let (real, imag) = (real.total(), imag.total());
                            self.total = machine.heap.new_complex(Complex { real, imag });
                            self.stage = Stage::Any;
                            return Ok(false);
                        }
                    }
                    return Ok(true);
                }
                (Stage::Any, _) => return Ok(false),
            }
        }
    }

    /// Makes the total of a stage a value.
    fn settle(&mut self, machine: &mut Machine) {
        match self.stage {
            Stage::Floats(Some(lost)) => self.total = machine.heap.float(lost.total()),
            Stage::Complexes(Some((real, imag))) => {
                self.total = machine.heap.new_complex(Complex { real: real.total(), imag: imag.total() });
            }
            Stage::Ints | Stage::Floats(None) | Stage::Complexes(None) | Stage::Any => {}
        }
    }

    fn added(&mut self, flow: Flow) -> Result<Taken, Raise> {
        match flow {
            Flow::Value(total) => {
                self.total = total;
                Ok(Taken::More)
            }
            Flow::Enter(entry) => Ok(Taken::Wait(entry)),
        }
    }
}

impl Takes for Sum {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        if self.add_by_stage(machine, item)? {
            return Ok(Taken::More);
        }
        let flow = machine.binary(Binary::Add, false, self.total, item)?;
        self.added(flow)
    }

    fn answer(&mut self, _machine: &mut Machine, value: Value) -> Result<Taken, Raise> {
        self.added(Flow::Value(value))
    }

    fn finish(&mut self, machine: &mut Machine) -> Eval {
        self.settle(machine);
        // A number of ordinary size is made of what the processor has, also where nothing was added.
        match (self.stage, self.total.kind()) {
            (Stage::Ints, Kind::Int(total)) => self.total = machine.heap.int(total),
            (Stage::Ints, Kind::Float(total)) => self.total = machine.heap.float(total),
            _ => {}
        }
        Ok(self.total.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.total);
    }

    fn name(&self) -> &'static str {
        "sum"
    }

    fn doing(&self, number: usize) -> String {
        format!("adding item {number}")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The key of this item is computed.
    Key(Value),
    /// This item and its key are compared with the best so far.
    Compare(Value, Value),
}

/// `min(iterable)`, `max(iterable)`.
#[derive(Clone, Debug, Hash)]
pub struct Extreme {
    comparison: Comparison,
    key: Option<Value>,
    default: Option<Value>,
    /// The best item so far, and its key.
    best: Option<(Value, Value)>,
    phase: Option<Phase>,
}

impl Extreme {
    /// The item that is `comparison` all others; by `key`, and `default` if there is none.
    pub const fn new(comparison: Comparison, key: Option<Value>, default: Option<Value>) -> Self {
        Self { comparison, key, default, best: None, phase: None }
    }

    fn compare(&mut self, machine: &mut Machine, item: Value, key: Value) -> Result<Taken, Raise> {
        let Some((_, best)) = self.best else {
            self.best = Some((item, key));
            return Ok(Taken::More);
        };
        self.phase = Some(Phase::Compare(item, key));
        match machine.compare_bool(self.comparison, key, best)? {
            Flow::Value(better) => Ok(self.compared(item, key, better)),
            Flow::Enter(entry) => Ok(Taken::Wait(entry)),
        }
    }

    fn compared(&mut self, item: Value, key: Value, better: Value) -> Taken {
        if better == Value::TRUE {
            self.best = Some((item, key));
        }
        self.phase = None;
        Taken::More
    }
}

impl Takes for Extreme {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        let Some(key) = self.key else { return self.compare(machine, item, item) };
        self.phase = Some(Phase::Key(item));
        match machine.call(key, Args::new([item]))? {
            Flow::Value(key) => self.compare(machine, item, key),
            Flow::Enter(entry) => Ok(Taken::Wait(entry)),
        }
    }

    fn answer(&mut self, machine: &mut Machine, value: Value) -> Result<Taken, Raise> {
        match self.phase {
            Some(Phase::Key(item)) => self.compare(machine, item, value),
            Some(Phase::Compare(item, key)) => Ok(self.compared(item, key, value)),
            None => Ok(Taken::More),
        }
    }

    fn finish(&mut self, machine: &mut Machine) -> Eval {
        match (self.best, self.default) {
            (Some((item, _)), _) => Ok(item.into()),
            (None, Some(default)) => Ok(default.into()),
            (None, None) => {
                Err(machine
                    .raise(types::VALUE_ERROR, format!("{}() iterable argument is empty", self.name())))
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.key.into_iter().chain(self.default).for_each(&mut *visit);
        match self.phase {
            Some(Phase::Key(item)) => visit(item),
            Some(Phase::Compare(item, key)) => [item, key].into_iter().for_each(&mut *visit),
            None => {}
        }
        if let Some((item, key)) = self.best {
            visit(item);
            visit(key);
        }
    }

    fn name(&self) -> &'static str {
        match self.comparison {
            Comparison::Gt => "max",
            _ => "min",
        }
    }

    fn doing(&self, number: usize) -> String {
        match self.phase {
            Some(Phase::Key(_)) => format!("computing key {number}"),
            Some(Phase::Compare(..)) | None => format!("comparing item {number} with the best so far"),
        }
    }
}
