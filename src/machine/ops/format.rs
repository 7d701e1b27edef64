//! The parts of f-strings.

use super::super::Machine;
use super::super::frame::{Flow, Resume};
use super::super::names;
use super::super::object::types;
use super::super::raise::Raise;
use super::super::text::StrBuilder;
use super::super::value::Value;

pub(super) fn format_simple(m: &mut Machine) -> Result<(), Raise> {
    let value = m.pop()?;
    if m.heap.class_of(value) == types::STR {
        m.push(value);
        return Ok(());
    }
    let text = m.format(value, Value::object(names::EMPTY));
    m.complete(text, Resume::Push)
}

pub(super) fn format_with_spec(m: &mut Machine) -> Result<(), Raise> {
    let spec = m.pop()?;
    let value = m.pop()?;
    if m.heap.text_of(spec).is_none() {
        let class = m.class_name(spec);
        return Err(m.system_error(format!("Format specifier must be a string, not {class}")));
    }
    let text = m.format(value, spec);
    m.complete(text, Resume::Push)
}

pub(super) fn convert_value(m: &mut Machine, conversion: u32) -> Result<(), Raise> {
    let value = m.pop()?;
    let text = match conversion {
        1 => m.str(value),
        2 => m.repr(value),
        3 => m.ascii(value),
        _ => return Err(m.system_error(format!("there is no conversion {conversion}"))),
    };
    m.complete(text, Resume::Push)
}

pub(super) fn build_string(m: &mut Machine, count: u32) -> Result<(), Raise> {
    let pieces = m.pop_many(count)?;
    let mut text = StrBuilder::with_capacity(0);
    for piece in &pieces {
        match m.heap.text_of(*piece) {
            Some(piece) => text.push_str(piece),
            None => return Err(m.system_error("only str are joined")),
        }
    }
    let text = m.heap.str(text.finish());
    m.complete(Ok(Flow::Value(text)), Resume::Push)
}
