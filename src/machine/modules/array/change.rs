//! What changes an array.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::native::{Consume, ItemSearch, Sink, Style, Wanted};
use super::super::super::object::{Payload, types};
use super::super::super::protocol::subscript::SLICE_ORDER;
use super::super::super::raise::Raise;
use super::super::super::slicing;
use super::super::super::text::MAX_LENGTH;
use super::super::super::value::Value;
use super::read::{check_key, check_times, indices, repeated};
use super::{FillArray, array, construct};

/// Goes on with `body` once argument `at` has been converted to what items are made of.
fn with_item(
    m: &mut Machine,
    name: &'static str,
    args: &Args,
    at: usize,
    body: fn(&mut Machine, &Args) -> Eval,
) -> Eval {
    let letter = array(m, args).letter;
    let item = m.array_convert(letter, args.at(at))?;
    m.continue_with(name, item, args.clone(), at, body)
}

/// That the last argument, which is converted, fits.
fn check_last(m: &mut Machine, args: &Args) -> Result<(), Raise> {
    let letter = array(m, args).letter;
    m.array_pack(letter, args.at(args.len() - 1)).map(|_| ())
}

/// `array[key] = value`, or `del array[key]` without a value.
pub(super) fn set_item(m: &mut Machine, args: &Args) -> Eval {
    if let Some(parts) = check_key(m, args.at(1))? {
        let args = Args::new([args.at(0)].into_iter().chain(parts).chain(args.get(2)));
        return m.with_indices("array", &args, SLICE_ORDER, Style::Slice, set_slice);
    }
    m.with_indices("array", args, &[1], Style::Plain, |m, args| {
        let found = place(m, args, "array assignment index out of range")?;
        if args.get(2).is_none() {
            remove_at(m, args.at(0), found)?;
            return Ok(Value::NONE.into());
        }
        with_item(m, "array[index] = value", args, 2, set_at)
    })
}

/// The place that argument 1, an int, means.
fn place(m: &mut Machine, args: &Args, wrong: &str) -> Result<usize, Raise> {
    let index = m.index_i64(args.at(1), types::INDEX_ERROR)?;
    slicing::item(index, array(m, args).len()).ok_or_else(|| m.index_error(wrong))
}

fn remove_at(m: &mut Machine, value: Value, place: usize) -> Result<(), Raise> {
    let size = m.heap.array(value).size();
    m.resizable_array(value)?.drain(place * size..(place + 1) * size);
    Ok(())
}

/// `array[start:stop:step] = other`, or `del` of it: the array, the parts of the slice, the other array.
fn set_slice(m: &mut Machine, args: &Args) -> Eval {
    let (letter, size) = (array(m, args).letter, array(m, args).size());
    let items = match args.get(4) {
        None => Vec::new(),
        Some(other) => match m.heap.array_ref(other) {
            None => {
                let class = m.class_name(other);
                return Err(m.type_error(format!("can only assign array (not \"{class}\") to array slice")));
            }
            Some(other) if other.letter != letter => {
                return Err(m.type_error("bad argument type for built-in operation"));
            }
            Some(other) => other.bytes.clone(),
        },
    };
    let indices = indices(m, args)?;
    let given = items.len() / size;
    let deletes = args.get(4).is_none();
    if indices.step == 1 {
        let range = indices.start as usize * size..(indices.start as usize + indices.count) * size;
        let bytes = if given == indices.count {
            m.heap.array_bytes(args.at(0))
        } else {
            m.resizable_array(args.at(0))?
        };
        bytes.splice(range, items);
    } else if deletes {
        if indices.count > 0 {
            let mut goes = vec![false; array(m, args).len()];
            indices.iter().for_each(|index| goes[index] = true);
            let bytes = m.resizable_array(args.at(0))?;
            let mut at = 0;
            bytes.retain(|_| {
                at += 1;
                !goes[(at - 1) / size]
            });
        }
    } else {
        if given != indices.count {
            let count = indices.count;
            let message =
                format!("attempt to assign array of size {given} to extended slice of size {count}");
            return Err(m.value_error(message));
        }
        let bytes = m.heap.array_bytes(args.at(0));
        for (index, item) in indices.iter().zip(items.chunks(size)) {
            bytes[index * size..(index + 1) * size].copy_from_slice(item);
        }
    }
    Ok(Value::NONE.into())
}

/// `append(value)`.
pub(super) fn append(m: &mut Machine, args: &Args) -> Eval {
    let end = m.heap.int(array(m, args).len() as i64);
    put_in(m, "append", args.at(0), end, args.at(1))
}

/// `insert(index, value)`, for an index that is an int.
pub(super) fn insert(m: &mut Machine, args: &Args) -> Eval {
    m.size_argument(args.at(1))?;
    put_in(m, "insert", args.at(0), args.at(1), args.at(2))
}

/// Puts a value in an array.  As in CPython it is converted twice, once to see that it fits, and once when there is
/// room for it, which is made for as many items as there were at first.
fn put_in(m: &mut Machine, name: &'static str, receiver: Value, index: Value, value: Value) -> Eval {
    let (letter, length) = (m.heap.array(receiver).letter, m.heap.array(receiver).len());
    let item = m.array_convert(letter, value)?;
    let length = m.heap.int(length as i64);
    m.continue_with(name, item, Args::new([receiver, index, value, length, Value::NONE]), 4, |m, args| {
        check_last(m, args)?;
        let (letter, size) = (array(m, args).letter, array(m, args).size());
        let length = m.size_argument(args.at(3))? as usize;
        let place = slicing::place(m.size_argument(args.at(1))?, length);
        let bytes = m.resizable_array(args.at(0))?;
        bytes.resize((length + 1) * size, 0);
        bytes.copy_within(place * size..length * size, (place + 1) * size);
        let item = m.array_convert(letter, args.at(2))?;
        let place = m.heap.int(place as i64);
        m.continue_with("array", item, Args::new([args.at(0), place, Value::NONE]), 2, set_at)
    })
}

/// `array[place] = value`, for a value that has been converted, which may have changed the array.
fn set_at(m: &mut Machine, args: &Args) -> Eval {
    let letter = array(m, args).letter;
    let bytes = m.array_pack(letter, args.at(2))?;
    let at = place(m, args, "array assignment index out of range")? * bytes.len();
    m.heap.array_bytes(args.at(0))[at..at + bytes.len()].copy_from_slice(&bytes);
    Ok(Value::NONE.into())
}

pub(super) fn pop(m: &mut Machine, args: &Args) -> Eval {
    if array(m, args).bytes.is_empty() {
        return Err(m.index_error("pop from empty array"));
    }
    let args = Args::new([args.at(0), args.get(1).unwrap_or(m.heap.int(-1))]);
    let place = place(m, &args, "pop index out of range")?;
    let item = m.array_item(args.at(0), place)?.expect("the place is one of an item");
    remove_at(m, args.at(0), place)?;
    Ok(item.into())
}

pub(super) fn remove(m: &mut Machine, args: &Args) -> Eval {
    m.begin(ItemSearch::new(Wanted::Removal, args.at(0), args.at(1), 0, i64::MAX))
}

pub(super) fn clear(m: &mut Machine, args: &Args) -> Eval {
    if !array(m, args).bytes.is_empty() {
        m.resizable_array(args.at(0))?.clear();
    }
    Ok(Value::NONE.into())
}

pub(super) fn reverse(m: &mut Machine, args: &Args) -> Eval {
    let size = array(m, args).size();
    let bytes = m.heap.array_bytes(args.at(0));
    bytes.reverse();
    bytes.chunks_mut(size).for_each(<[u8]>::reverse);
    Ok(Value::NONE.into())
}

pub(super) fn byteswap(m: &mut Machine, args: &Args) -> Eval {
    let size = array(m, args).size();
    m.heap.array_bytes(args.at(0)).chunks_mut(size).for_each(<[u8]>::reverse);
    Ok(Value::NONE.into())
}

/// `extend(items)`: another array must be of the same kind.
pub(super) fn extend(m: &mut Machine, args: &Args) -> Eval {
    let letter = array(m, args).letter;
    match m.heap.array_ref(args.at(1)) {
        Some(other) if other.letter != letter => Err(m.type_error("can only extend with array of same kind")),
        Some(other) => {
            let bytes = other.bytes.clone();
            if array(m, args).bytes.len() + bytes.len() > MAX_LENGTH {
                return Err(m.out_of_memory());
            }
            m.extend_array_bytes(args.at(0), &bytes)?;
            Ok(Value::NONE.into())
        }
        None => {
            let flow =
                m.begin(Consume::new(args.at(1), Sink::Array(FillArray::new(args.at(0), letter, true))))?;
            m.flow_then(flow, Value::NONE)
        }
    }
}

pub(super) fn add_in_place(m: &mut Machine, args: &Args) -> Eval {
    if m.heap.array_ref(args.at(1)).is_none() {
        let class = m.class_name(args.at(1));
        return Err(m.type_error(format!("can only extend array with array (not \"{class}\")")));
    }
    let flow = extend(m, args)?;
    m.flow_then(flow, args.at(0))
}

pub(super) fn multiply_in_place(m: &mut Machine, args: &Args) -> Eval {
    check_times(m, args.at(1))?;
    m.with_indices("array *= int", args, &[1], Style::Plain, |m, args| {
        let bytes = repeated(m, args)?;
        if bytes.len() != array(m, args).bytes.len() {
            *m.resizable_array(args.at(0))? = bytes;
        }
        Ok(args.at(0).into())
    })
}

pub(super) fn from_bytes(m: &mut Machine, args: &Args) -> Eval {
    let bytes = m.bytes_argument(args.at(1))?;
    m.extend_array_bytes(args.at(0), &bytes)?;
    Ok(Value::NONE.into())
}

/// `fromlist(list)`: all of its items, or none.
pub(super) fn from_list(m: &mut Machine, args: &Args) -> Eval {
    let Some(Payload::List(items)) = m.heap.payload_of(args.at(1)) else {
        return Err(m.type_error("arg must be list"));
    };
    if items.is_empty() {
        return Ok(Value::NONE.into());
    }
    m.resizable_array(args.at(0))?;
    // Into an array of its own first: what is wrong with an item leaves this one as it was.
    let letter = array(m, args).letter;
    let fresh = m.new_array(types::ARRAY, letter, Vec::new());
    let flow = m.begin(Consume::new(args.at(1), Sink::Array(FillArray::new(fresh, letter, false))))?;
    m.continue_with("fromlist", flow, args.clone(), 1, extend)
}

pub(super) fn from_unicode(m: &mut Machine, args: &Args) -> Eval {
    let Some(text) = m.heap.text_of(args.at(1)).cloned() else {
        let class = m.argument_class(args.at(1));
        return Err(m.type_error(format!("fromunicode() argument must be str, not {class}")));
    };
    if !array(m, args).is_text() {
        let message = "fromunicode() may only be called on unicode type arrays ('u' or 'w')";
        return Err(m.value_error(message));
    }
    m.extend_array_bytes(args.at(0), &construct::coded(&text))?;
    Ok(Value::NONE.into())
}

impl Machine {
    /// Takes the item at a place out of an array.
    pub(in crate::machine) fn array_remove(&mut self, value: Value, place: usize) -> Result<(), Raise> {
        if place < self.heap.array(value).len() { remove_at(self, value, place) } else { Ok(()) }
    }
}
