//! Looking at each item until one decides: `any`, `all`, `in`, `index`, `count`.

use super::{Taken, Takes};
use crate::machine::Machine;
use crate::machine::frame::{Eval, Flow};
use crate::machine::protocol::compare::Comparison;
use crate::machine::raise::Raise;
use crate::machine::value::Value;

/// `any(iterable)`, `all(iterable)`.
#[derive(Clone, Debug, Hash)]
pub struct Quantifier {
    /// The truth at which it ends.
    until: bool,
}

impl Quantifier {
    /// Ends at the first item with the truth `until`: `any` at True, `all` at False.
    pub const fn new(until: bool) -> Self {
        Self { until }
    }
}

impl Takes for Quantifier {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        match machine.truth(item)? {
            Flow::Value(truth) => self.answer(machine, truth),
            Flow::Enter(entry) => Ok(Taken::Wait(entry)),
        }
    }

    fn answer(&mut self, _machine: &mut Machine, truth: Value) -> Result<Taken, Raise> {
        Ok(if truth == Value::bool(self.until) { Taken::Done(truth) } else { Taken::More })
    }

    fn finish(&mut self, _machine: &mut Machine) -> Eval {
        Ok(Value::bool(!self.until).into())
    }

    fn each_value(&self, _visit: &mut impl FnMut(Value)) {}

    fn name(&self) -> &'static str {
        if self.until { "any" } else { "all" }
    }

    fn doing(&self, number: usize) -> String {
        format!("waiting for the truth of item {number}")
    }
}

/// What is told of the items that equal a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SearchFor {
    /// Whether there is one: `in`.
    Presence,
    /// How many there are: `count`.
    Count,
    /// Where the first one is: `index`.
    Place,
}

/// Compares each item with a value.
#[derive(Clone, Debug, Hash)]
pub struct Search {
    wanted: Value,
    what: SearchFor,
    index: i64,
    count: i64,
}

impl Search {
    /// Looks for `wanted`.
    pub const fn new(wanted: Value, what: SearchFor) -> Self {
        Self { wanted, what, index: 0, count: 0 }
    }

    /// What is said of something that cannot be looked through.
    #[cold]
    pub(in crate::machine::native) fn refuse(&self, machine: &mut Machine, source: Value) -> Raise {
        let class = machine.class_name(source);
        let what = match self.what {
            SearchFor::Presence => "a container or iterable",
            SearchFor::Count | SearchFor::Place => "iterable",
        };
        machine.type_error(format!("argument of type '{class}' is not {what}"))
    }
}

impl Takes for Search {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        match machine.compare_bool(Comparison::Eq, item, self.wanted)? {
            Flow::Value(equal) => self.answer(machine, equal),
            Flow::Enter(entry) => Ok(Taken::Wait(entry)),
        }
    }

    fn answer(&mut self, machine: &mut Machine, equal: Value) -> Result<Taken, Raise> {
        if equal == Value::TRUE {
            match self.what {
                SearchFor::Presence => return Ok(Taken::Done(Value::TRUE)),
                SearchFor::Place => return Ok(Taken::Done(machine.heap.int(self.index))),
                SearchFor::Count => self.count += 1,
            }
        }
        self.index += 1;
        Ok(Taken::More)
    }

    fn finish(&mut self, machine: &mut Machine) -> Eval {
        match self.what {
            SearchFor::Presence => Ok(Value::FALSE.into()),
            SearchFor::Count => Ok(machine.heap.int(self.count).into()),
            SearchFor::Place => Err(machine.value_error("sequence.index(x): x not in sequence")),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.wanted);
    }

    fn name(&self) -> &'static str {
        match self.what {
            SearchFor::Presence => "in",
            SearchFor::Count => "count",
            SearchFor::Place => "index",
        }
    }

    fn doing(&self, number: usize) -> String {
        format!("comparing item {number}")
    }
}
