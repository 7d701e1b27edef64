//! The first filter that fits a warning.  A filter is a tuple of action, text, category, module and line; what it
//! wants of a text may be an object with a `match` method, and its category may have an opinion of its own.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow};
use super::super::names;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::Value;
use super::Place;

/// Which part of a filter is being asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Text,
    Module,
    Category,
}

/// A search through a list of filters.  CPython asks all parts of each filter, whatever the earlier ones said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Search {
    filters: Value,
    /// What the list is called in messages.
    name: &'static str,
    at: usize,
    /// The filter that is asked, or the one that fits.
    item: Value,
    part: Part,
    /// Whether all parts asked so far fit.
    fits: bool,
    /// Whether the whole filter fits.
    found: bool,
}

impl Search {
    pub(super) const fn new(filters: Value, name: &'static str) -> Self {
        Self { filters, name, at: 0, item: Value::NONE, part: Part::Text, fits: true, found: false }
    }

    /// Begins with the filter whose turn it is; None where there are no more.
    pub(super) fn begin(&mut self, m: &mut Machine, text: Value) -> Result<Option<Flow>, Raise> {
        let items = m.heap.items_of(self.filters).unwrap_or_default();
        let Some(item) = items.get(self.at).copied() else { return Ok(None) };
        self.item = item;
        self.part = Part::Text;
        self.fits = true;
        let [_, wanted, _, _, _] = self.parts(m)?;
        fits(m, wanted, text).map(Some)
    }

    /// A part has answered.
    pub(super) fn go_on(
        &mut self,
        m: &mut Machine,
        answer: Value,
        category: Value,
        text: Value,
        place: &Place,
    ) -> Result<Option<Flow>, Raise> {
        self.fits &= answer == Value::TRUE;
        let [_, _, wanted_category, wanted_module, line] = self.parts(m)?;
        match self.part {
            Part::Text => {
                self.part = Part::Module;
                fits(m, wanted_module, place.module).map(Some)
            }
            Part::Module => {
                self.part = Part::Category;
                m.subclass_check(category, wanted_category).map(Some)
            }
            Part::Category => {
                if m.heap.int_ref(line).is_none() {
                    return Err(m.type_error("an integer is required"));
                }
                let line = m.warning_number(line)?;
                if self.fits && (line == 0 || line == place.line) {
                    self.found = true;
                    return Ok(None);
                }
                self.at += 1;
                self.begin(m, text)
            }
        }
    }

    /// The action of the filter that fits, and the filter.
    pub(super) fn found(&self, m: &mut Machine) -> Result<Option<(Value, Value)>, Raise> {
        if !self.found {
            return Ok(None);
        }
        let [action, ..] = self.parts(m)?;
        Ok(Some((action, self.item)))
    }

    fn parts(&self, m: &mut Machine) -> Result<[Value; 5], Raise> {
        let parts = match m.heap.payload_of(self.item) {
            Some(Payload::Tuple(parts)) => <[Value; 5]>::try_from(&**parts).ok(),
            _ => None,
        };
        let Some(parts) = parts else {
            let (name, at) = (self.name, self.at);
            return Err(m.value_error(format!("warnings.{name} item {at} isn't a 5-tuple")));
        };
        if m.heap.text_of(parts[0]).is_none() {
            let given = m.class_name(parts[0]);
            return Err(m.type_error(format!("action must be a string, not '{given}'")));
        }
        Ok(parts)
    }

    pub(super) fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.filters);
        visit(self.item);
    }
}

/// Whether what a filter wants of a text is there: a bool.
fn fits(m: &mut Machine, wanted: Value, text: Value) -> Eval {
    if wanted.is_none() {
        return Ok(Value::TRUE.into());
    }
    if m.heap.class_of(wanted) != types::STR {
        let matched = m.call_attr(wanted, names::MATCH, vec![text])?;
        return m
            .continue_with("warnings", matched, Args::new([Value::NONE]), 0, |m, args| m.truth(args.at(0)));
    }
    if m.heap.text_of(text).is_none() {
        let given = m.class_name(text);
        return Err(m.type_error(format!("Can't compare str and {given}")));
    }
    Ok(Value::bool(m.str_text(wanted) == m.str_text(text)).into())
}
