//! `_string`: how templates of `str.format` are taken apart, for `string.Formatter`.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::format::template::{self, Access, First, Numbering};
use super::super::frame::Eval;
use super::super::object::function::NativeDef;
use super::super::raise::Raise;
use super::super::text::Str;
use super::super::value::Value;
use super::native::NativeModule;

/// `_string`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        NativeDef::function("formatter_parser", Params::One, pieces),
        NativeDef::function("formatter_field_name_split", Params::One, name_parts),
    ]],
    ..NativeModule::new("_string", "How templates of str.format are taken apart.")
};

fn text(m: &mut Machine, value: Value) -> Result<Str, Raise> {
    match m.heap.text_of(value) {
        Some(text) => Ok(text.clone()),
        None => {
            let class = m.class_name(value);
            Err(m.type_error(format!("expected str, got {class}")))
        }
    }
}

/// An iterator over these items.
fn iterator(m: &mut Machine, items: Vec<Value>) -> Eval {
    let list = m.heap.list(items);
    m.iter(list)
}

/// Literal text, field name, specification and conversion of each piece.
fn pieces(m: &mut Machine, args: &Args) -> Eval {
    let text = text(m, args.at(0))?;
    let (mut at, mut found) = (0, Vec::new());
    while let Some((piece, next)) =
        template::next(&text, at..text.len()).map_err(|error| m.format_error(error))?
    {
        at = next;
        let literal = m.heap.str(text.slice(piece.literal));
        let rest = match piece.field {
            None => [Value::NONE; 3],
            Some(field) => [
                m.heap.str(text.slice(field.name)),
                m.heap.str(text.slice(field.spec)),
                field.conversion.map_or(Value::NONE, |point| m.heap.str(Str::from_point(point))),
            ],
        };
        let piece = [literal].into_iter().chain(rest).collect();
        found.push(m.heap.tuple(piece));
    }
    iterator(m, found)
}

/// The first part of a field name, and the attributes and items behind it.
fn name_parts(m: &mut Machine, args: &Args) -> Eval {
    let text = text(m, args.at(0))?;
    let all = 0..text.len();
    let (first, mut at) = template::first_name(&text, all.clone(), &mut Numbering::default())
        .map_err(|error| m.format_error(error))?;
    let first = match first {
        // Without a name, the number is the formatter's to give.
        First::Index(_) if at == 0 => m.heap.str(""),
        First::Index(index) => m.heap.int(index as i64),
        First::Name(range) => m.heap.str(text.slice(range)),
    };
    let mut rest = Vec::new();
    while let Some((access, next)) =
        template::next_access(&text, at..all.end).map_err(|error| m.format_error(error))?
    {
        at = next;
        let (is_attribute, part) = match access {
            Access::Attribute(range) => (true, m.heap.str(text.slice(range))),
            Access::Key(range) => (false, m.heap.str(text.slice(range))),
            Access::Index(index) => (false, m.heap.int(index as i64)),
        };
        rest.push(m.heap.pair(Value::bool(is_attribute), part));
    }
    let rest = iterator(m, rest)?;
    m.continue_with("formatter_field_name_split", rest, Args::new([Value::NONE, first]), 0, |m, args| {
        Ok(m.heap.pair(args.at(1), args.at(0)).into())
    })
}
