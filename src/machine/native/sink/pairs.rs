//! Filling a dict: with pairs, or with keys that all get one value.

use super::{Taken, Takes};
use crate::machine::Machine;
use crate::machine::frame::{Eval, Flow};
use crate::machine::native::{DictAction, PairItems};
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// Stores each item, a key and a value, in a dict; the result is None.
#[derive(Clone, Debug, Hash)]
pub struct Pairs {
    dict: Handle,
    index: usize,
    /// Whether the item is being made into a list, so that it may be any iterable of two.
    listing: bool,
}

impl Pairs {
    /// Stores in `dict`.
    pub const fn new(dict: Handle) -> Self {
        Self { dict, index: 0, listing: false }
    }

    fn store(&mut self, machine: &mut Machine, items: &[Value]) -> Result<Taken, Raise> {
        let &[key, value] = items else {
            let message = format!(
                "dictionary update sequence element #{} has length {}; 2 is required",
                self.index,
                items.len()
            );
            return Err(machine.value_error(message));
        };
        self.index += 1;
        Ok(super::more(machine.dict_act(self.dict, key, DictAction::Set(value))?))
    }
}

impl Takes for Pairs {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        if let Some(items) = machine.known_items(item) {
            return self.store(machine, &items);
        }
        self.listing = true;
        match machine.begin(PairItems::of(item, self.index))? {
            Flow::Value(list) => self.answer(machine, list),
            Flow::Enter(entry) => Ok(Taken::Wait(entry)),
        }
    }

    fn answer(&mut self, machine: &mut Machine, value: Value) -> Result<Taken, Raise> {
        if std::mem::take(&mut self.listing) {
            let items = machine.known_items(value).unwrap_or_default();
            return self.store(machine, &items);
        }
        Ok(Taken::More)
    }

    fn finish(&mut self, _machine: &mut Machine) -> Eval {
        Ok(Value::NONE.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.dict));
    }

    fn name(&self) -> &'static str {
        "dict.update"
    }

    fn doing(&self, number: usize) -> String {
        if self.listing { format!("taking pair {number} apart") } else { format!("storing pair {number}") }
    }
}

/// Stores each item as a key with one value; the result is the dict.
#[derive(Clone, Debug, Hash)]
pub struct FromKeys {
    dict: Value,
    value: Value,
}

impl FromKeys {
    /// Stores in `dict`, which an instance of any class may be.
    pub const fn new(dict: Value, value: Value) -> Self {
        Self { dict, value }
    }
}

impl Takes for FromKeys {
    fn take(&mut self, machine: &mut Machine, item: Value) -> Result<Taken, Raise> {
        let flow = match machine.exact_dict(self.dict) {
            Some(dict) => machine.dict_act(dict, item, DictAction::Set(self.value))?,
            None => machine.set_item(self.dict, item, Some(self.value))?,
        };
        Ok(super::more(flow))
    }

    fn answer(&mut self, _machine: &mut Machine, _value: Value) -> Result<Taken, Raise> {
        Ok(Taken::More)
    }

    fn finish(&mut self, _machine: &mut Machine) -> Eval {
        Ok(self.dict.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.dict);
        visit(self.value);
    }

    fn name(&self) -> &'static str {
        "dict.fromkeys"
    }

    fn doing(&self, number: usize) -> String {
        format!("storing key {number}")
    }
}
