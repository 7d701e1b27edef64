//! Making one value of all items: `sum`, `min`, `max`.

use super::{Taken, Takes};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::object::types;
use crate::machine::protocol::compare::Comparison;
use crate::machine::protocol::operator::Binary;
use crate::machine::raise::Raise;
use crate::machine::value::{Kind, Value};

use std::hash::{Hash, Hasher};

/// `sum(iterable, start)`.
#[derive(Clone, Debug, Hash)]
pub struct Sum {
    total: Value,
    /// While all were floats: what rounding has lost so far, as CPython sums floats.
    lost: Option<Lost>,
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
        Self { total: start, lost: None }
    }

    /// Ends the exact summing of floats.
    fn settle(&mut self, machine: &mut Machine) {
        if let Some(lost) = self.lost.take() {
            self.total = machine.heap.float(lost.total());
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
        if self.lost.is_none()
            && let Kind::Float(high) = self.total.kind()
        {
            self.lost = Some(Lost { high, low: 0.0 });
        }
        if let Some(lost) = &mut self.lost {
            match item.kind() {
                Kind::Float(value) => {
                    lost.add(value);
                    return Ok(Taken::More);
                }
                Kind::Int(value) => {
                    lost.add(value as f64);
                    return Ok(Taken::More);
                }
                Kind::Bool(value) => {
                    lost.add(f64::from(u8::from(value)));
                    return Ok(Taken::More);
                }
                Kind::None | Kind::NotImplemented | Kind::Ellipsis | Kind::Object(_) => {}
            }
        }
        self.settle(machine);
        let flow = machine.binary(Binary::Add, false, self.total, item)?;
        self.added(flow)
    }

    fn answer(&mut self, _machine: &mut Machine, value: Value) -> Result<Taken, Raise> {
        self.added(Flow::Value(value))
    }

    fn finish(&mut self, machine: &mut Machine) -> Eval {
        self.settle(machine);
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
