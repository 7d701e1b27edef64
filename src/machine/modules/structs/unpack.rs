//! Unpacking: bytes become values.

use std::rc::Rc;

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::native::Style;
use super::super::super::object::class::TypeSpec;
use super::super::super::object::extension::Extension;
use super::super::super::object::function::NativeDef;
use super::super::super::object::{Payload, types};
use super::super::super::protocol::buffer::flags;
use super::super::super::raise::Raise;
use super::super::super::value::Value;
use super::StructFormat;
use super::format::Content;
use super::object::format_of;

/// The payload of what `iter_unpack` gives.
#[derive(Clone, Debug, Hash)]
pub struct Unpacker {
    format: Rc<StructFormat>,
    /// A view of the buffer, until all of it has been unpacked.
    pub view: Option<Value>,
    at: usize,
}

/// What `iter_unpack` gives.
pub(super) static UNPACK_ITERATOR: TypeSpec = TypeSpec {
    module: "_struct",
    natives: &[
        NativeDef::wrapper("__iter__", Params::None, |_, args| Ok(args.at(0).into())),
        NativeDef::wrapper("__next__", Params::None, next),
        NativeDef::method("__length_hint__", Params::None, |m, args| {
            let Unpacker { format, view, at } = unpacker(m, args).clone();
            let length = view.and_then(|view| m.heap.byte_string(view)).map_or(0, <[u8]>::len);
            let left = if view.is_some() { (length - at) / format.size } else { 0 };
            Ok(m.heap.int(left as i64).into())
        }),
    ],
    ..TypeSpec::new(types::STRUCT_ITERATOR, "unpack_iterator")
};

fn unpacker<'a>(m: &'a mut Machine, args: &Args) -> &'a mut Unpacker {
    match args.at(0).handle().map(|handle| m.heap.payload_mut(handle)) {
        Some(Payload::Extension(extension)) => match &mut **extension {
            Extension::Unpacker(unpacker) => unpacker,
            _ => panic!("an iterator over structs is there"),
        },
        _ => panic!("an iterator over structs is there"),
    }
}

fn next(m: &mut Machine, args: &Args) -> Eval {
    let Unpacker { format, view, at } = unpacker(m, args).clone();
    let bytes = view.and_then(|view| m.heap.byte_string(view)).unwrap_or_default();
    let Some(part) = bytes.get(at..at + format.size).map(<[u8]>::to_vec) else {
        if let Some(view) = unpacker(m, args).view.take() {
            m.heap.release(view);
        }
        return Err(m.stop_iteration(Value::NONE));
    };
    unpacker(m, args).at += format.size;
    Ok(m.unpacked_values(&format, &part).into())
}

/// `iter_unpack(buffer)`, the `Struct` in front.
pub(super) fn iter_unpack(m: &mut Machine, args: &Args) -> Eval {
    let size = format_of(m, args)?.size;
    if size == 0 {
        return Err(m.struct_error("cannot iteratively unpack with a struct of length 0"));
    }
    let view = m.required_view(args.at(1), flags::SIMPLE, "")?;
    m.continue_with("iter_unpack", view, args.clone(), 1, |m, args| {
        let format = format_of(m, args)?;
        let length = m.bytes_argument(args.at(1))?.len();
        if !length.is_multiple_of(format.size) {
            let size = format.size;
            let message = format!("iterative unpacking requires a buffer of a multiple of {size} bytes");
            return Err(m.struct_error(message));
        }
        let unpacker = Unpacker { format, view: Some(args.at(1)), at: 0 };
        let payload = Payload::Extension(Box::new(Extension::Unpacker(unpacker)));
        Ok(Value::object(m.heap.alloc(types::STRUCT_ITERATOR, payload)).into())
    })
}

/// `unpack(buffer)`, the `Struct` in front.
pub(super) fn unpack(m: &mut Machine, args: &Args) -> Eval {
    m.with_buffers("unpack", args, &[1], |m, args| {
        let format = format_of(m, args)?;
        let bytes = m.bytes_argument(args.at(1))?;
        if bytes.len() != format.size {
            let size = format.size;
            return Err(m.struct_error(format!("unpack requires a buffer of {size} bytes")));
        }
        Ok(m.unpacked_values(&format, &bytes).into())
    })
}

/// `unpack_from(buffer, offset)`, the `Struct` in front.
pub(super) fn unpack_from(m: &mut Machine, args: &Args) -> Eval {
    m.with_buffers("unpack_from", args, &[1], |m, args| {
        if m.heap.byte_string(args.at(1)).is_none() {
            return Err(m.not_bytes_like(args.at(1)));
        }
        let values = m.with_indices("unpack_from", args, &[2], Style::Plain, |m, args| {
            let format = format_of(m, args)?;
            let offset = args.get(2).map_or(Ok(0), |offset| m.size_argument(offset))?;
            let bytes = m.bytes_argument(args.at(1))?;
            let start = start(m, &format, offset, bytes.len() as i64)?;
            Ok(m.unpacked_values(&format, &bytes[start..start + format.size]).into())
        })?;
        Ok(m.exporting("unpack_from", [args.at(1)], values))
    })
}

/// Where a struct begins in so many bytes, for an offset.
fn start(m: &mut Machine, format: &StructFormat, offset: i64, length: i64) -> Result<usize, Raise> {
    let size = format.size as i64;
    let from_start = if offset < 0 { offset.saturating_add(length) } else { offset };
    Err(m.struct_error(if offset < 0 && offset.saturating_add(size) > 0 {
        format!("not enough data to unpack {size} bytes at offset {offset}")
    } else if from_start < 0 {
        format!("offset {offset} out of range for {length}-byte buffer")
    } else if length - from_start < size {
        let least = i128::from(size) + i128::from(from_start);
        format!(
            "unpack_from requires a buffer of at least {least} bytes for unpacking {size} bytes at offset \
             {from_start} (actual buffer size is {length})"
        )
    } else {
        return Ok(from_start as usize);
    }))
}

impl Machine {
    /// The tuple of the values in the bytes of a struct.
    fn unpacked_values(&mut self, format: &StructFormat, bytes: &[u8]) -> Value {
        let mut values = Vec::with_capacity(format.values);
        for field in &format.fields {
            let bytes = &bytes[field.offset..];
            match field.content {
                Content::Pad(_) => {}
                Content::Bytes(size) => values.push(self.heap.bytes(&bytes[..size])),
                Content::Pascal(size) => {
                    let said = bytes[..size].first().copied().map_or(0, usize::from);
                    let end = (said + 1).min(size);
                    values.push(self.heap.bytes(bytes.get(1..end).unwrap_or_default()));
                }
                Content::Items(code, count) => {
                    for item in bytes.chunks(usize::from(code.size)).take(count) {
                        let item = code.unpack(item, format.order);
                        values.push(self.item_value(item));
                    }
                }
            }
        }
        self.heap.tuple(values)
    }
}
