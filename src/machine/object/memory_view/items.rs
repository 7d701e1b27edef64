//! Items and parts of a memoryview, read and written.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::buffer::item::{Code, ItemBytes, Kind, NATIVE};
use super::super::super::buffer::layout::{MOST_DIMENSIONS, Order};
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::Style;
use super::super::super::number::IntRef;
use super::super::super::protocol::buffer::flags;
use super::super::super::protocol::number::Number;
use super::super::super::protocol::subscript::SLICE_ORDER;
use super::super::super::raise::Raise;
use super::super::super::slicing::{self, Indices};
use super::super::super::value::Value;
use super::super::{Payload, types};
use super::{Format, MemoryView, handle, one_dimension, view};

/// Arguments behind the receiver: as many as a key has indices.
const PLACES: [usize; MOST_DIMENSIONS + 1] = {
    let mut places = [0; MOST_DIMENSIONS + 1];
    let mut at = 0;
    while at <= MOST_DIMENSIONS {
        places[at] = at + 1;
        at += 1;
    }
    places
};

const NO_SUB_VIEWS: &str = "sub-views are not implemented";
const NO_DIMENSION: &str = "invalid indexing of 0-dim memory";

/// What a key asks for.
enum Key {
    /// The item at an index of the first dimension.
    Index,
    /// A part of the first dimension.
    Slice([Value; 3]),
    /// The item at an index of each dimension.
    Indices(Vec<Value>),
    /// Parts of several dimensions.
    Slices,
    /// The view itself, or its only item.
    Ellipsis,
    /// Nothing that there is.
    Wrong,
}

fn key(m: &Machine, value: Value) -> Key {
    let is_index =
        |value: Value| m.heap.int_ref(value).is_some() || m.heap.special(value, names::INDEX).is_some();
    match m.heap.payload_of(value) {
        Some(Payload::Slice(parts)) => Key::Slice(**parts),
        Some(Payload::Tuple(keys)) if keys.iter().all(|key| is_index(*key)) => Key::Indices(keys.to_vec()),
        Some(Payload::Tuple(keys))
            if keys.iter().all(|key| matches!(m.heap.payload_of(*key), Some(Payload::Slice(_)))) =>
        {
            Key::Slices
        }
        _ if value == Value::ELLIPSIS => Key::Ellipsis,
        _ if is_index(value) => Key::Index,
        _ => Key::Wrong,
    }
}

/// `view[key]`.
pub(super) fn get(m: &mut Machine, args: &Args) -> Eval {
    let dimensions = view(m, args)?.layout.shape.len();
    let key = key(m, args.at(1));
    if dimensions == 0 {
        return match key {
            Key::Indices(keys) if keys.is_empty() => get_at(m, &Args::new([args.at(0)])),
            Key::Ellipsis => Ok(args.at(0).into()),
            _ => Err(m.type_error(NO_DIMENSION)),
        };
    }
    match key {
        Key::Index => {
            check_format(m, args)?;
            one_dimension(m, args, NO_DIMENSION, "multi-dimensional sub-views are not implemented")?;
            m.with_indices("memoryview", args, &PLACES[..1], Style::Plain, get_at)
        }
        Key::Indices(keys) => {
            check_format(m, args)?;
            check_count(m, keys.len(), dimensions)?;
            let places = &PLACES[..keys.len()];
            let args = Args::new([args.at(0)].into_iter().chain(keys));
            m.with_indices("memoryview", &args, places, Style::Plain, get_at)
        }
        Key::Slice(parts) => {
            // The new view is there before its bounds are known: it stays when the old one is released meanwhile.
            let whole = view(m, args)?.clone();
            let whole = m.new_view(MemoryView { hash: None, ..whole });
            let args = Args::new([whole].into_iter().chain(parts));
            m.with_indices("memoryview", &args, SLICE_ORDER, Style::Slice, |m, args| {
                let part = part(m, args)?;
                Ok(m.new_view(part).into())
            })
        }
        Key::Slices => Err(m.not_implemented_error("multi-dimensional slicing is not implemented")),
        Key::Ellipsis | Key::Wrong => Err(m.type_error("memoryview: invalid slice key")),
    }
}

/// `view[key] = value`.
pub(super) fn set(m: &mut Machine, args: &Args) -> Eval {
    let dimensions = view(m, args)?.layout.shape.len();
    check_format(m, args)?;
    if view(m, args)?.readonly {
        return Err(m.type_error("cannot modify read-only memory"));
    }
    let (key, value) = (key(m, args.at(1)), args.at(2));
    if dimensions == 0 {
        return match key {
            Key::Indices(keys) if !keys.is_empty() => Err(m.type_error(NO_DIMENSION)),
            Key::Indices(_) | Key::Ellipsis => set_at(m, &Args::new([args.at(0), value])),
            _ => Err(m.type_error(NO_DIMENSION)),
        };
    }
    match key {
        Key::Index => {
            one_dimension(m, args, NO_DIMENSION, NO_SUB_VIEWS)?;
            m.with_indices("memoryview", args, &PLACES[..1], Style::Plain, set_at)
        }
        Key::Indices(keys) => {
            check_count(m, keys.len(), dimensions)?;
            let places = &PLACES[..keys.len()];
            let args = Args::new([args.at(0)].into_iter().chain(keys).chain([value]));
            m.with_indices("memoryview", &args, places, Style::Plain, set_at)
        }
        Key::Slice(parts) if dimensions == 1 => {
            let source = m.required_view(value, flags::FULL_READ_ONLY, "")?;
            let args = Args::new([args.at(0)].into_iter().chain(parts).chain([Value::NONE]));
            m.continue_with("memoryview[slice] = values", source, args, 4, |m, args| {
                m.with_indices("memoryview", args, SLICE_ORDER, Style::Slice, set_slice)
            })
        }
        Key::Slice(_) | Key::Slices => {
            Err(m.not_implemented_error("memoryview slice assignments are currently restricted to ndim = 1"))
        }
        Key::Ellipsis | Key::Wrong => Err(m.type_error("memoryview: invalid slice key")),
    }
}

fn check_format(m: &mut Machine, args: &Args) -> Result<(), Raise> {
    let format = view(m, args)?.format;
    m.item_code(format).map(|_| ())
}

fn check_count(m: &mut Machine, given: usize, dimensions: usize) -> Result<(), Raise> {
    match given {
        _ if given < dimensions => Err(m.not_implemented_error(NO_SUB_VIEWS)),
        _ if given > dimensions => {
            Err(m.type_error(format!("cannot index {dimensions}-dimension view with {given}-element tuple")))
        }
        _ => Ok(()),
    }
}

/// Where the item is whose indices are the arguments behind the receiver, ints.
fn place(m: &mut Machine, args: &Args) -> Result<usize, Raise> {
    let layout = view(m, args)?.layout.clone();
    let mut indices = Vec::with_capacity(layout.shape.len());
    for (dimension, count) in layout.shape.iter().enumerate() {
        let index = m.index_i64(args.at(dimension + 1), types::INDEX_ERROR)?;
        let Some(index) = slicing::item(index, *count) else {
            let message = format!("index out of bounds on dimension {}", dimension + 1);
            return Err(m.index_error(message));
        };
        indices.push(index);
    }
    Ok(layout.place(&indices))
}

/// The item at the indices behind the receiver.
fn get_at(m: &mut Machine, args: &Args) -> Eval {
    let place = place(m, args)?;
    let format = view(m, args)?.format;
    let code = m.item_code(format)?;
    let item = m.heap.view_item(m.heap.memory_view(handle(args)), code, place);
    Ok(m.item_value(item).into())
}

/// Writes the last argument at the indices between it and the receiver.
fn set_at(m: &mut Machine, args: &Args) -> Eval {
    let place = place(m, args)?;
    let format = view(m, args)?.format;
    let code = m.item_code(format)?;
    let value = args.at(args.len() - 1);
    let style = conversion(m, format, code, value)?;
    let place = m.heap.int(place as i64);
    let args = Args::new([args.at(0), place, value]);
    match style {
        Some(style) => m.with_indices("memoryview", &args, &PLACES[1..2], style, store),
        None => store(m, &args),
    }
}

fn wrong_type(m: &mut Machine, format: Format) -> Raise {
    m.type_error(format!("memoryview: invalid type for format '{}'", format.text()))
}

fn wrong_value(m: &mut Machine, format: Format) -> Raise {
    m.value_error(format!("memoryview: invalid value for format '{}'", format.text()))
}

/// What an item's value has to be converted to before it is written; that it is of a wrong type, else.
fn conversion(m: &mut Machine, format: Format, code: Code, value: Value) -> Result<Option<Style>, Raise> {
    let has = |m: &Machine, name| m.heap.special(value, name).is_some();
    let (style, fits) = match code.kind {
        Kind::Bool => return Ok(Some(Style::Truth)),
        Kind::Char => return Ok(None),
        Kind::Signed | Kind::Unsigned => {
            (Style::Plain, m.heap.int_ref(value).is_some() || has(m, names::INDEX))
        }
        Kind::Float | Kind::Complex => (Style::Real, has(m, names::FLOAT) || has(m, names::INDEX)),
    };
    if !fits {
        return Err(wrong_type(m, format));
    }
    if style == Style::Real && m.heap.int_ref(value).is_some_and(|int| IntRef::to_float(int).is_err()) {
        return Err(wrong_value(m, format));
    }
    Ok(Some(style))
}

/// Writes a converted value: the view, the place in its owner's memory, the value.
fn store(m: &mut Machine, args: &Args) -> Eval {
    let MemoryView { owner, format, .. } = *view(m, args)?;
    let code = m.item_code(format)?;
    let place = m.index_i64(args.at(1), types::INDEX_ERROR)? as usize;
    let bytes = packed(m, format, code, args.at(2))?;
    if let Some(owner) = owner {
        m.heap.write_memory(owner, place, &bytes);
    }
    Ok(Value::NONE.into())
}

/// The bytes of a converted value.
fn packed(m: &mut Machine, format: Format, code: Code, value: Value) -> Result<ItemBytes, Raise> {
    match code.kind {
        Kind::Bool => Ok(ItemBytes::from_slice(&[u8::from(value == Value::TRUE)])),
        Kind::Char => match m.heap.payload_of(value) {
            Some(Payload::Bytes(bytes)) if bytes.len() == 1 => Ok(ItemBytes::from_slice(bytes)),
            Some(Payload::Bytes(_)) => Err(wrong_value(m, format)),
            _ => Err(wrong_type(m, format)),
        },
        Kind::Signed | Kind::Unsigned => {
            let packed = m.wide_int(value).and_then(|number| code.pack_int(number, NATIVE));
            packed.ok_or_else(|| wrong_value(m, format))
        }
        Kind::Float | Kind::Complex => {
            let Some(Number::Float(number)) = m.heap.number(value) else { return Err(wrong_type(m, format)) };
            match code.pack_float(number, NATIVE) {
                Ok(bytes) => Ok(bytes),
                // A half refuses what a single takes for an infinity.
                Err(_) if code.size == 2 => Err(m.overflow_error("float too large to pack with e format")),
                Err(infinity) => Ok(infinity),
            }
        }
    }
}

/// The part of a view that a slice means whose parts are the arguments behind the receiver.
fn part(m: &mut Machine, args: &Args) -> Result<MemoryView, Raise> {
    let bound = |index: usize| args.get(index).and_then(|value| m.index_clamped(value));
    let bounds = [bound(1), bound(2), bound(3)];
    let view = view(m, args)?.clone();
    let indices = Indices::new(bounds[0], bounds[1], bounds[2], view.layout.shape[0]);
    let indices = indices.map_err(|error| m.value_error(error.to_string()))?;
    Ok(MemoryView { layout: view.layout.slice(indices), hash: None, ..view })
}

/// `view[slice] = source`: the view, the parts of the slice, a view of the source.
fn set_slice(m: &mut Machine, args: &Args) -> Eval {
    let target = part(m, args)?;
    let source = m.open_view(args.at(4))?.clone();
    if source.format.letter != target.format.letter || source.layout.shape != target.layout.shape {
        let message = "memoryview assignment: lvalue and rvalue have different structures";
        return Err(m.value_error(message));
    }
    let bytes = m.heap.view_bytes(&source, Order::Row);
    if let Some(owner) = target.owner {
        let places = target.layout.places(Order::Row);
        for (place, item) in places.into_iter().zip(bytes.chunks(target.layout.size)) {
            m.heap.write_memory(owner, place, item);
        }
    }
    Ok(Value::NONE.into())
}

/// The items, as lists in lists.
pub(super) fn to_list(m: &mut Machine, args: &Args) -> Eval {
    let view = view(m, args)?.clone();
    let code = m.item_code(view.format)?;
    let places = view.layout.places(Order::Row);
    let mut items: Vec<Value> = Vec::with_capacity(places.len());
    for place in places {
        let item = m.heap.view_item(&view, code, place);
        items.push(m.item_value(item));
    }
    // No dimension but the first can be empty, and then there is nothing in it, not even lists.
    if items.is_empty() {
        return Ok(m.heap.list(items).into());
    }
    for count in view.layout.shape.iter().rev() {
        let lists: Vec<Vec<Value>> = items.chunks(*count).map(<[Value]>::to_vec).collect();
        items = lists.into_iter().map(|list| m.heap.list(list)).collect();
    }
    Ok(items[0].into())
}
