//! Changing a bytearray: its methods, and assignment to its items and slices.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::{Eval, Flow};
use super::super::super::native::{AssignBytes, BytesFor, Follow, Style};
use super::super::super::protocol::subscript::SLICE_ORDER;
use super::super::super::raise::Raise;
use super::super::super::slicing::{self, Indices};
use super::super::super::text::MAX_LENGTH;
use super::super::super::value::{Handle, Value};
use super::super::types;
use super::this;

/// The receiver.
fn array(args: &Args) -> Handle {
    args.at(0).handle().expect("a bytearray is a heap object")
}

/// The bytes of the receiver, to make them fewer or more: somebody who looks at them keeps them from it.
fn resizable<'a>(m: &'a mut Machine, args: &Args) -> Result<&'a mut Vec<u8>, Raise> {
    m.resizable_bytes(array(args))
}

/// Room for so many more bytes.
fn check_room(m: &mut Machine, args: &Args, more: usize) -> Result<(), Raise> {
    if this(m, args).len().saturating_add(more) > MAX_LENGTH {
        return Err(m.raise_with(types::MEMORY_ERROR, vec![]));
    }
    Ok(())
}

pub(super) fn append(m: &mut Machine, args: &Args) -> Eval {
    let byte = m.byte_argument(args.at(1), "byte")?;
    check_room(m, args, 1)?;
    resizable(m, args)?.push(byte);
    Ok(Value::NONE.into())
}

pub(super) fn clear(m: &mut Machine, args: &Args) -> Eval {
    if !this(m, args).is_empty() {
        resizable(m, args)?.clear();
    }
    Ok(Value::NONE.into())
}

pub(super) fn copy(m: &mut Machine, args: &Args) -> Eval {
    let bytes = this(m, args).to_vec();
    Ok(m.heap.bytearray(bytes).into())
}

pub(super) fn extend(m: &mut Machine, args: &Args) -> Eval {
    if m.heap.text_of(args.at(1)).is_some_and(|text| !text.is_empty()) {
        return Err(m.type_error("expected iterable of integers; got: 'str'"));
    }
    let bytes = m.bytes_of_items(args.at(1), BytesFor::Extend)?;
    m.after(bytes, Follow::ExtendByteArray(array(args)))
}

pub(super) fn insert(m: &mut Machine, args: &Args) -> Eval {
    let index = m.size_argument(args.at(1))?;
    let byte = m.byte_argument(args.at(2), "byte")?;
    check_room(m, args, 1)?;
    let place = slicing::place(index, this(m, args).len());
    resizable(m, args)?.insert(place, byte);
    Ok(Value::NONE.into())
}

pub(super) fn pop(m: &mut Machine, args: &Args) -> Eval {
    let index = args.get(1).map_or(Ok(-1), |index| m.size_argument(index))?;
    let length = this(m, args).len();
    if length == 0 {
        return Err(m.index_error("pop from empty bytearray"));
    }
    let Some(place) = slicing::item(index, length) else {
        return Err(m.index_error("pop index out of range"));
    };
    let byte = resizable(m, args)?.remove(place);
    Ok(m.heap.int(byte.into()).into())
}

pub(super) fn remove(m: &mut Machine, args: &Args) -> Eval {
    let byte = m.byte_argument(args.at(1), "byte")?;
    match this(m, args).iter().position(|other| *other == byte) {
        Some(place) => {
            resizable(m, args)?.remove(place);
            Ok(Value::NONE.into())
        }
        None => Err(m.value_error("value not found in bytearray")),
    }
}

pub(super) fn resize(m: &mut Machine, args: &Args) -> Eval {
    let size = m.size_argument(args.at(1))?;
    match usize::try_from(size) {
        Err(_) => Err(m.value_error(format!("Can only resize to positive sizes, got {size}"))),
        Ok(size) if size > MAX_LENGTH => Err(m.raise_with(types::MEMORY_ERROR, vec![])),
        Ok(size) => {
            if size != this(m, args).len() {
                resizable(m, args)?.resize(size, 0);
            }
            Ok(Value::NONE.into())
        }
    }
}

pub(super) fn reverse(m: &mut Machine, args: &Args) -> Eval {
    m.heap.bytearray_mut(array(args)).reverse();
    Ok(Value::NONE.into())
}

/// `array[index] = byte`, or `del array[index]`, for ints.
fn set_index(m: &mut Machine, args: &Args) -> Eval {
    let index = m.index_i64(args.at(1), types::INDEX_ERROR)?;
    let place = slicing::item(index, this(m, args).len());
    let place = place.ok_or_else(|| m.index_error("bytearray index out of range"))?;
    match args.get(2) {
        Some(byte) => {
            let byte = m.byte_argument(byte, "byte")?;
            m.heap.bytearray_mut(array(args))[place] = byte;
        }
        None => {
            resizable(m, args)?.remove(place);
        }
    }
    Ok(Value::NONE.into())
}

impl Machine {
    /// The bytes of a bytearray, to make them fewer or more; an error while there are views of it.
    pub(in crate::machine) fn resizable_bytes(&mut self, array: Handle) -> Result<&mut Vec<u8>, Raise> {
        if self.heap.exports(array) > 0 {
            return Err(self.buffer_error("Existing exports of data: object cannot be re-sized"));
        }
        Ok(self.heap.bytearray_mut(array))
    }

    /// `array[index] = byte`, or `del array[index]` without a byte, for an index that is an int.
    pub(in crate::machine) fn bytearray_set_index(
        &mut self,
        array: Handle,
        index: Value,
        byte: Option<Value>,
    ) -> Eval {
        let args = Args::new([Value::object(array), index].into_iter().chain(byte));
        self.with_indices("bytearray", &args, &[2], Style::Plain, set_index)
    }

    /// `array[start:stop:step] = values`, or `del array[start:stop:step]`: the array, the parts of the
    /// slice as ints or None, the values; behind them the parts once more where these are asked for again when
    /// the values are there.
    pub(in crate::machine) fn bytearray_set_slice(&mut self, array: Handle, args: &Args) -> Eval {
        let Some(values) = args.get(4) else {
            let indices = self.bytearray_indices(args)?;
            if indices.count > 0 {
                delete_slice(self.resizable_bytes(array)?, indices);
            }
            return Ok(Value::NONE.into());
        };
        if self.is_number_like(values) || self.heap.text_of(values).is_some() {
            let message = "can assign only bytes, buffers, or iterables of ints in range(0, 256)";
            return Err(self.type_error(message));
        }
        match self.bytes_of_items(values, BytesFor::Slice)? {
            Flow::Value(bytes) => self.assign_bytes(args, bytes),
            Flow::Enter(entry) => self.then(entry, AssignBytes::new(args.clone())),
        }
    }

    fn bytearray_indices(&mut self, args: &Args) -> Result<Indices, Raise> {
        let part = |index: usize| args.get(index).and_then(|value| self.index_clamped(value));
        let length = this(self, args).len();
        Indices::new(part(1), part(2), part(3), length).map_err(|error| self.value_error(error.to_string()))
    }

    /// `array[start:stop:step] = bytes` for a bytes object.
    pub(in crate::machine) fn assign_bytes(&mut self, args: &Args, bytes: Value) -> Eval {
        let again: Vec<Value> = args.rest(5).collect();
        if again.is_empty() {
            return self.put_bytes(args, bytes);
        }
        let args = Args::new([args.at(0)].into_iter().chain(again).chain([bytes]));
        self.with_indices("slice", &args, SLICE_ORDER, Style::Slice, |m, args| m.put_bytes(args, args.at(4)))
    }

    fn put_bytes(&mut self, args: &Args, bytes: Value) -> Eval {
        let bytes = self.heap.byte_string(bytes).map(<[u8]>::to_vec).unwrap_or_default();
        let indices = self.bytearray_indices(args)?;
        if indices.step == 1 {
            check_room(self, args, bytes.len())?;
            let start = indices.start as usize;
            let own = if bytes.len() == indices.count {
                self.heap.bytearray_mut(array(args))
            } else {
                resizable(self, args)?
            };
            own.splice(start..start + indices.count, bytes);
            return Ok(Value::NONE.into());
        }
        if bytes.is_empty() {
            if indices.count > 0 {
                delete_slice(resizable(self, args)?, indices);
            }
            return Ok(Value::NONE.into());
        }
        if bytes.len() != indices.count {
            let (given, count) = (bytes.len(), indices.count);
            let message =
                format!("attempt to assign bytes of size {given} to extended slice of size {count}");
            return Err(self.value_error(message));
        }
        let own = self.heap.bytearray_mut(array(args));
        indices.iter().zip(bytes).for_each(|(index, byte)| own[index] = byte);
        Ok(Value::NONE.into())
    }
}

fn delete_slice(bytes: &mut Vec<u8>, indices: Indices) {
    let mut goes = vec![false; bytes.len()];
    indices.iter().for_each(|index| goes[index] = true);
    let mut goes = goes.into_iter();
    bytes.retain(|_| goes.next() == Some(false));
}
