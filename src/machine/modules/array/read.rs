//! What is read of an array: items, parts, comparisons, sums.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::{ItemSearch, Style, Wanted};
use super::super::super::object::iterator::Iter;
use super::super::super::object::{Payload, types};
use super::super::super::protocol::compare::Comparison;
use super::super::super::protocol::subscript::SLICE_ORDER;
use super::super::super::raise::Raise;
use super::super::super::slicing::{self, Indices};
use super::super::super::text::MAX_LENGTH;
use super::super::super::value::Value;
use super::array;
use super::item::point;

pub(super) fn repr(m: &mut Machine, args: &Args) -> Eval {
    let letter = char::from(array(m, args).letter);
    let name = m.heap.class(m.heap.class_of(args.at(0))).name.clone();
    if array(m, args).bytes.is_empty() {
        return Ok(m.heap.str(format!("{name}('{letter}')")).into());
    }
    let items = if array(m, args).is_text() { text(m, args)? } else { items(m, args)? };
    let shown = m.repr(items)?;
    let head = m.heap.str(format!("{name}('{letter}', "));
    m.continue_with("array.__repr__", shown, Args::new([Value::NONE, head]), 0, |m, args| {
        let text = m.str_text(args.at(1)).concat(m.str_text(args.at(0))).concat(&")".into());
        Ok(m.heap.str(text).into())
    })
}

/// The items as a list.
pub(super) fn items(m: &mut Machine, args: &Args) -> Result<Value, Raise> {
    let mut items = Vec::with_capacity(array(m, args).len());
    while let Some(item) = m.array_item(args.at(0), items.len())? {
        items.push(item);
    }
    Ok(m.heap.list(items))
}

/// The characters as a str.
fn text(m: &mut Machine, args: &Args) -> Result<Value, Raise> {
    let bytes = array(m, args).bytes.clone();
    let points: Vec<u32> = bytes.chunks(4).map(point).collect();
    if points.iter().all(|point| char::from_u32(*point).is_some()) {
        return Ok(m.heap.str(points));
    }
    // Not characters: the codec says which.
    let (value, encoding) = (m.heap.bytes(&bytes), m.heap.str("utf-32-le"));
    m.decode_bytes(value, Some(encoding), None, "decode")
}

pub(super) fn to_list(m: &mut Machine, args: &Args) -> Eval {
    items(m, args).map(Into::into)
}

pub(super) fn to_unicode(m: &mut Machine, args: &Args) -> Eval {
    if !array(m, args).is_text() {
        return Err(m.value_error("tounicode() may only be called on unicode type arrays ('u' or 'w')"));
    }
    text(m, args).map(Into::into)
}

/// The items that a slice means whose parts are the arguments behind the receiver.
pub(super) fn indices(m: &mut Machine, args: &Args) -> Result<Indices, Raise> {
    let part = |index: usize| args.get(index).and_then(|value| m.index_clamped(value));
    let len = array(m, args).len();
    Indices::new(part(1), part(2), part(3), len).map_err(|error| m.value_error(error.to_string()))
}

/// What a key must be: an index or a slice.
pub(super) fn check_key(m: &mut Machine, key: Value) -> Result<Option<[Value; 3]>, Raise> {
    if let Some(Payload::Slice(parts)) = m.heap.payload_of(key) {
        return Ok(Some(**parts));
    }
    if m.heap.int_ref(key).is_none() && m.heap.special(key, names::INDEX).is_none() {
        return Err(m.type_error("array indices must be integers"));
    }
    Ok(None)
}

pub(super) fn get_item(m: &mut Machine, args: &Args) -> Eval {
    if let Some(parts) = check_key(m, args.at(1))? {
        let args = Args::new([args.at(0)].into_iter().chain(parts));
        return m.with_indices("array", &args, SLICE_ORDER, Style::Slice, |m, args| {
            let indices = indices(m, args)?;
            let array = array(m, args);
            let size = array.size();
            let (letter, bytes) = (array.letter, &array.bytes);
            let part =
                indices.iter().flat_map(|index| bytes[index * size..(index + 1) * size].iter().copied());
            let part = part.collect();
            Ok(m.new_array(types::ARRAY, letter, part).into())
        });
    }
    m.with_indices("array", args, &[1], Style::Plain, |m, args| {
        let index = m.index_i64(args.at(1), types::INDEX_ERROR)?;
        let place = slicing::item(index, array(m, args).len());
        let item = match place {
            Some(place) => m.array_item(args.at(0), place)?,
            None => None,
        };
        item.map(Into::into).ok_or_else(|| m.index_error("array index out of range"))
    })
}

pub(super) fn contains(m: &mut Machine, args: &Args) -> Eval {
    m.begin(ItemSearch::new(Wanted::Presence, args.at(0), args.at(1), 0, i64::MAX))
}

pub(super) fn count(m: &mut Machine, args: &Args) -> Eval {
    m.begin(ItemSearch::new(Wanted::Count, args.at(0), args.at(1), 0, i64::MAX))
}

pub(super) fn index(m: &mut Machine, args: &Args) -> Eval {
    let len = array(m, args).len() as i64;
    let bound = |index: usize, default: i64| {
        let wanted = args.get(index).and_then(|value| m.index_clamped(value)).unwrap_or(default);
        if wanted < 0 { (wanted + len).max(0) } else { wanted }
    };
    let (start, stop) = (bound(2, 0), bound(3, i64::MAX));
    m.begin(ItemSearch::new(Wanted::Place, args.at(0), args.at(1), start, stop))
}

pub(super) fn iterate(m: &mut Machine, args: &Args) -> Eval {
    Ok(m.heap.new_iterator(types::ARRAY_ITERATOR, Iter::Items(Some(args.at(0)), 0)).into())
}

pub(super) fn add(m: &mut Machine, args: &Args) -> Eval {
    let Some(other) = m.heap.array_ref(args.at(1)) else {
        let class = m.class_name(args.at(1));
        return Err(m.type_error(format!("can only append array (not \"{class}\") to array")));
    };
    let own = array(m, args);
    let letter = own.letter;
    if other.letter != letter {
        return Err(m.type_error("bad argument type for built-in operation"));
    }
    if own.bytes.len() + other.bytes.len() > MAX_LENGTH {
        return Err(m.out_of_memory());
    }
    let sum = [&own.bytes[..], &other.bytes].concat();
    Ok(m.new_array(types::ARRAY, letter, sum).into())
}

/// The bytes of an array repeated so often, for an int as argument 1.
pub(super) fn repeated(m: &mut Machine, args: &Args) -> Result<Vec<u8>, Raise> {
    let count = m.index_i64(args.at(1), types::OVERFLOW_ERROR)?.max(0) as usize;
    let bytes = &array(m, args).bytes;
    if bytes.len().checked_mul(count).is_none_or(|length| length > MAX_LENGTH) {
        return Err(m.out_of_memory());
    }
    Ok(bytes.repeat(count))
}

/// That something can be how often an array is repeated.
pub(super) fn check_times(m: &mut Machine, times: Value) -> Result<(), Raise> {
    if m.heap.int_ref(times).is_some() || m.heap.special(times, names::INDEX).is_some() {
        return Ok(());
    }
    let class = m.class_name(times);
    Err(m.type_error(format!("can't multiply sequence by non-int of type '{class}'")))
}

pub(super) fn multiply(m: &mut Machine, args: &Args) -> Eval {
    check_times(m, args.at(1))?;
    m.with_indices("array * int", args, &[1], Style::Plain, |m, args| {
        let letter = array(m, args).letter;
        let bytes = repeated(m, args)?;
        Ok(m.new_array(types::ARRAY, letter, bytes).into())
    })
}

/// Arrays compare as lists of their items do.
pub(super) fn compare(m: &mut Machine, comparison: Comparison, args: &Args) -> Eval {
    if m.heap.array_ref(args.at(1)).is_none() {
        return Ok(Value::NOT_IMPLEMENTED.into());
    }
    // Items are numbers or characters, so that no Python code has a say.
    let left = items(m, args)?;
    let right = items(m, &Args::new([args.at(1)]))?;
    m.compare(comparison, left, right)
}
