//! `memoryview.cast`: the same memory as other items.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::buffer::layout::{Layout, MOST_DIMENSIONS, Order};
use super::super::super::frame::Eval;
use super::super::super::number::IntRef;
use super::super::super::raise::Raise;
use super::super::super::value::Value;
use super::super::Payload;
use super::{Format, MemoryView, view};

pub(super) fn cast(m: &mut Machine, args: &Args) -> Eval {
    let Some(text) = m.heap.text_of(args.at(1)).map(|text| text.to_string_lossy().into_owned()) else {
        let class = m.argument_class(args.at(1));
        return Err(m.type_error(format!("cast() argument 'format' must be str, not {class}")));
    };
    let old = view(m, args)?.clone();
    if !old.layout.is_contiguous(Order::Row) {
        return Err(m.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let shape = args.get(2);
    if (shape.is_some() || old.layout.shape.len() != 1) && old.layout.shape.contains(&0) {
        return Err(m.type_error("memoryview: cannot cast view with zeros in shape or strides"));
    }
    let shape = shape.map(|shape| dimensions(m, shape, &old)).transpose()?;
    if !text.is_ascii() {
        let ascii = m.heap.str("ascii");
        m.encode_text(args.at(1), Some(ascii), None, "cast")?;
    }
    let Some(format) = Format::parse(text.as_bytes()) else {
        return Err(m.value_error(
            "memoryview: destination format must be a native single character format prefixed with an \
             optional '@'",
        ));
    };
    if !format.is_byte() && !old.format.is_byte() {
        return Err(m.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let (bytes, size) = (old.layout.bytes(), format.code().map_or(1, |code| usize::from(code.size)));
    if !bytes.is_multiple_of(size) {
        return Err(m.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let shape = match shape {
        None => vec![bytes / size],
        Some(shape) => counts(m, &shape, size, bytes)?,
    };
    let layout = Layout::contiguous(old.layout.start, size, shape);
    Ok(m.new_view(MemoryView { layout, format, hash: None, ..old }).into())
}

/// The elements of a shape, as many as there may be.
fn dimensions(m: &mut Machine, shape: Value, old: &MemoryView) -> Result<Vec<Value>, Raise> {
    let elements = match m.heap.payload_of(shape) {
        Some(Payload::List(items)) => items.to_vec(),
        Some(Payload::Tuple(items)) => items.to_vec(),
        _ => return Err(m.type_error("shape must be a list or a tuple")),
    };
    if elements.len() > MOST_DIMENSIONS {
        let message = format!("memoryview: number of dimensions must not exceed {MOST_DIMENSIONS}");
        return Err(m.value_error(message));
    }
    if elements.len() != 1 && old.layout.shape.len() != 1 {
        return Err(m.type_error("memoryview: cast must be 1D -> ND or ND -> 1D"));
    }
    Ok(elements)
}

/// How many items there are in each dimension, for a memory of so many bytes.
fn counts(m: &mut Machine, shape: &[Value], size: usize, bytes: usize) -> Result<Vec<usize>, Raise> {
    let mut counts = Vec::with_capacity(shape.len());
    let mut product = size;
    for element in shape {
        let Some(count) = m.heap.int_ref(*element).map(IntRef::small) else {
            return Err(m.type_error("memoryview.cast(): elements of shape must be integers"));
        };
        let Some(count) = count else {
            return Err(m.overflow_error("Python int too large to convert to C ssize_t"));
        };
        let Some(count) = usize::try_from(count).ok().filter(|count| *count > 0) else {
            return Err(m.value_error("memoryview.cast(): elements of shape must be integers > 0"));
        };
        let Some(all) = product.checked_mul(count).filter(|all| isize::try_from(*all).is_ok()) else {
            return Err(m.value_error("memoryview.cast(): product(shape) > SSIZE_MAX"));
        };
        product = all;
        counts.push(count);
    }
    if product != bytes {
        return Err(m.type_error("memoryview: product(shape) * itemsize != buffer size"));
    }
    Ok(counts)
}
