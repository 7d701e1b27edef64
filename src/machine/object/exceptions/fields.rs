//! What the types of exceptions keep apart from `args`: how many fields, and the attributes that show them.

use super::super::class::Accessor;
use super::super::types;
use super::{group, import, name, os, stop, syntax, unicode};
use crate::machine::Machine;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// The types that have fields, and how many.  None of them derives from another.
const COUNTS: &[(Handle, usize)] = &[
    (types::STOP_ITERATION, stop::COUNT),
    (types::SYSTEM_EXIT, stop::COUNT),
    (types::IMPORT_ERROR, import::COUNT),
    (types::NAME_ERROR, name::NAME_COUNT),
    (types::ATTRIBUTE_ERROR, name::ATTRIBUTE_COUNT),
    (types::OS_ERROR, os::COUNT),
    (types::SYNTAX_ERROR, syntax::COUNT),
    (types::UNICODE_DECODE_ERROR, unicode::COUNT),
    (types::UNICODE_ENCODE_ERROR, unicode::COUNT),
    (types::UNICODE_TRANSLATE_ERROR, unicode::COUNT),
    (types::BASE_EXCEPTION_GROUP, group::COUNT),
];

/// How many fields an exception of this class has.
pub(super) fn count(heap: &Heap, class: Handle) -> usize {
    COUNTS.iter().find(|(base, _)| heap.is_subclass(class, *base)).map_or(0, |(_, count)| *count)
}

/// The attribute that shows field `N`.
pub(super) const fn member<const N: usize>(name: &'static str) -> Accessor {
    Accessor::new(name, get::<N>, set::<N>).as_member()
}

/// The attribute that shows field `N` and cannot be written.
pub(super) const fn constant<const N: usize>(name: &'static str) -> Accessor {
    Accessor::read_only(name, get::<N>).as_member()
}

fn get<const N: usize>(m: &mut Machine, exception: Value) -> Eval {
    Ok(m.exception_field(exception, N).unwrap_or(Value::NONE).into())
}

fn set<const N: usize>(m: &mut Machine, exception: Value, value: Option<Value>) -> Result<(), Raise> {
    m.set_exception(exception, |exception| &mut exception.fields[N], value);
    Ok(())
}

/// Gives the fields from the first on these values.
pub(super) fn fill<const N: usize>(m: &mut Machine, exception: Value, values: [Option<Value>; N]) {
    for (index, value) in values.into_iter().enumerate() {
        m.set_exception_field(exception, index, value);
    }
}

impl Machine {
    /// The field of an exception with this number, where the type has it and it is set.
    pub(in crate::machine) fn exception_field(&self, exception: Value, index: usize) -> Option<Value> {
        self.exception(exception).fields.get(index).copied().flatten()
    }

    /// Sets a field, or empties it.
    pub(in crate::machine) fn set_exception_field(
        &mut self,
        exception: Value,
        index: usize,
        value: Option<Value>,
    ) {
        if let Some(value) = value {
            self.heap.retain(value);
        }
        let old = std::mem::replace(&mut super::exception_mut(self, exception).fields[index], value);
        if let Some(old) = old {
            self.heap.release(old);
        }
    }
}
