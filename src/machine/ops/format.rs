//! The parts of f-strings.

use super::super::Machine;
use super::super::frame::{Flow, Resume};
use super::super::names;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::text::StrBuilder;
use super::super::value::Value;

pub(super) fn format_simple(m: &mut Machine) -> Result<(), Raise> {
    let value = m.pop()?;
    if m.heap.class_of(value) == types::STR {
        m.push(value);
        return Ok(());
    }
    let text = m.format_alone(value, Value::object(names::EMPTY));
    m.complete(text, Resume::Push)
}

pub(super) fn format_with_spec(m: &mut Machine) -> Result<(), Raise> {
    let spec = m.pop()?;
    let value = m.pop()?;
    if m.heap.text_of(spec).is_none() {
        let class = m.class_name(spec);
        return Err(m.system_error(format!("Format specifier must be a string, not {class}")));
    }
    let text = m.format_alone(value, spec);
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
    let text = m.heap.new_str(text.finish());
    m.complete(Ok(Flow::Value(text)), Resume::Push)
}

pub(super) fn build_template(m: &mut Machine) -> Result<(), Raise> {
    let interpolations = m.pop()?;
    let strings = m.pop()?;
    let are = |m: &Machine, value: Value, class| match m.heap.payload_of(value) {
        Some(Payload::Tuple(items)) => {
            items.iter().all(|item| m.heap.class_of(*item) == class).then_some(items.len())
        }
        _ => None,
    };
    let (texts, gaps) = (are(m, strings, types::STR), are(m, interpolations, types::INTERPOLATION));
    if texts.is_none() || texts != gaps.map(|gaps| gaps + 1) {
        return Err(m.system_error("a template is made of strings with interpolations between them"));
    }
    let template = m.new_template(strings, interpolations);
    m.push(template);
    Ok(())
}

pub(super) fn build_interpolation(m: &mut Machine, arg: u32) -> Result<(), Raise> {
    let spec = if arg & 1 == 1 { m.pop()? } else { Value::object(names::EMPTY) };
    let expression = m.pop()?;
    let value = m.pop()?;
    let conversion = match arg >> 2 {
        0 => Value::NONE,
        1 => m.heap.intern("s"),
        2 => m.heap.intern("r"),
        3 => m.heap.intern("a"),
        other => return Err(m.system_error(format!("there is no conversion {other}"))),
    };
    let interpolation = m.new_interpolation([value, expression, conversion, spec]);
    m.push(interpolation);
    Ok(())
}
