//! Methods that make other bytes: replacing, stripping, padding, joining, translating, hexadecimal.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::buffer::layout::Order;
use super::super::super::frame::Eval;
use super::super::super::native::JoinPieces;
use super::super::super::raise::Raise;
use super::super::super::text::bytes;
use super::super::super::text::search::find;
use super::super::super::text::strip::{self, Ends};
use super::super::super::value::Value;
use super::super::{Payload, types};
use super::{made_anew, same_or_made, this};

fn bounded(m: &mut Machine, args: &Args, bytes: Option<Vec<u8>>) -> Eval {
    match bytes {
        Some(bytes) if *this(m, args) == bytes[..] => Ok(same_or_made(m, args, bytes).into()),
        Some(bytes) => Ok(made_anew(m, args, bytes).into()),
        None => Err(m.raise_with(types::MEMORY_ERROR, vec![])),
    }
}

pub(super) fn replace(m: &mut Machine, args: &Args) -> Eval {
    let old = m.bytes_argument(args.at(1))?;
    let new = m.bytes_argument(args.at(2))?;
    let limit = m.limit_argument(args.get(3))?;
    let replaced = bytes::replace(this(m, args), &old, &new, limit);
    match replaced {
        // Bytes that are put in the place of the same ones make a copy.
        Some(bytes)
            if old == new
                && limit != Some(0)
                && !old.is_empty()
                && find(&bytes, &old, 0..bytes.len()).is_some() =>
        {
            Ok(made_anew(m, args, bytes).into())
        }
        replaced => bounded(m, args, replaced),
    }
}

fn strip_ends(m: &mut Machine, args: &Args, ends: Ends) -> Eval {
    let range = match args.some(1) {
        None => strip::strip(this(m, args), ends, bytes::is_space),
        Some(set) => {
            let mut goes = [false; 256];
            for byte in m.bytes_argument(set)? {
                goes[usize::from(byte)] = true;
            }
            strip::strip(this(m, args), ends, |byte| goes[byte as usize])
        }
    };
    let stripped = this(m, args)[range].to_vec();
    Ok(same_or_made(m, args, stripped).into())
}

pub(super) fn strip(m: &mut Machine, args: &Args) -> Eval {
    m.with_buffers("strip", args, &[1], |m, args| strip_ends(m, args, Ends::Both))
}

pub(super) fn lstrip(m: &mut Machine, args: &Args) -> Eval {
    m.with_buffers("lstrip", args, &[1], |m, args| strip_ends(m, args, Ends::Left))
}

pub(super) fn rstrip(m: &mut Machine, args: &Args) -> Eval {
    m.with_buffers("rstrip", args, &[1], |m, args| strip_ends(m, args, Ends::Right))
}

pub(super) fn remove_prefix(m: &mut Machine, args: &Args) -> Eval {
    m.with_buffers("removeprefix", args, &[1], without_prefix)
}

fn without_prefix(m: &mut Machine, args: &Args) -> Eval {
    let prefix = m.bytes_argument(args.at(1))?;
    let whole = this(m, args);
    let rest = whole.strip_prefix(&prefix[..]).unwrap_or(whole).to_vec();
    Ok(same_or_made(m, args, rest).into())
}

pub(super) fn remove_suffix(m: &mut Machine, args: &Args) -> Eval {
    m.with_buffers("removesuffix", args, &[1], without_suffix)
}

fn without_suffix(m: &mut Machine, args: &Args) -> Eval {
    let suffix = m.bytes_argument(args.at(1))?;
    let whole = this(m, args);
    let rest = whole.strip_suffix(&suffix[..]).unwrap_or(whole).to_vec();
    Ok(same_or_made(m, args, rest).into())
}

/// A width; a negative one is no width at all.
fn width(m: &mut Machine, value: Value) -> Result<usize, Raise> {
    Ok(usize::try_from(m.size_argument(value)?).unwrap_or(0))
}

fn fill(m: &mut Machine, args: &Args, name: &str) -> Result<u8, Raise> {
    let Some(fill) = args.get(2) else { return Ok(b' ') };
    let wanted = "argument 2 must be a byte string of length 1, not";
    let class = m.argument_class(fill);
    match m.heap.byte_string(fill) {
        Some([byte]) => Ok(*byte),
        Some(bytes) => {
            let length = bytes.len();
            let kind = if m.heap.is_instance(fill, types::BYTES) { "bytes" } else { "bytearray" };
            Err(m.type_error(format!("{name}(): {wanted} a {kind} object of length {length}")))
        }
        None => Err(m.type_error(format!("{name}() {wanted} {class}"))),
    }
}

type Justify = fn(&[u8], usize, u8) -> Option<Vec<u8>>;

fn justify(m: &mut Machine, args: &Args, name: &str, justify: Justify) -> Eval {
    let width = width(m, args.at(1))?;
    let fill = fill(m, args, name)?;
    let justified = justify(this(m, args), width, fill);
    bounded(m, args, justified)
}

pub(super) fn center(m: &mut Machine, args: &Args) -> Eval {
    justify(m, args, "center", bytes::center)
}

pub(super) fn ljust(m: &mut Machine, args: &Args) -> Eval {
    justify(m, args, "ljust", bytes::ljust)
}

pub(super) fn rjust(m: &mut Machine, args: &Args) -> Eval {
    justify(m, args, "rjust", bytes::rjust)
}

pub(super) fn zfill(m: &mut Machine, args: &Args) -> Eval {
    let width = width(m, args.at(1))?;
    let filled = bytes::zfill(this(m, args), width);
    bounded(m, args, filled)
}

pub(super) fn expand_tabs(m: &mut Machine, args: &Args) -> Eval {
    const DEFAULT: usize = 8;
    let size = match args.get(1) {
        Some(size) => usize::try_from(m.int_argument(size)?).unwrap_or(0),
        None => DEFAULT,
    };
    match bytes::expand_tabs(this(m, args), size) {
        Some(expanded) => Ok(made_anew(m, args, expanded).into()),
        None => Err(m.raise_with(types::MEMORY_ERROR, vec![])),
    }
}

pub(super) fn join(m: &mut Machine, args: &Args) -> Eval {
    let joined = m.begin(JoinPieces::new(args.at(0), args.at(1)))?;
    Ok(m.exporting("join", [args.at(0)], joined))
}

pub(super) fn translate(m: &mut Machine, args: &Args) -> Eval {
    let table = match args.some(1) {
        None => None,
        Some(table) => {
            let table = m.bytes_argument(table)?;
            let Ok(table) = <[u8; 256]>::try_from(table) else {
                return Err(m.value_error("translation table must be 256 characters long"));
            };
            Some(table)
        }
    };
    let delete = match args.get(2) {
        Some(delete) => m.bytes_argument(delete)?,
        None => Vec::new(),
    };
    let translated = bytes::translate(this(m, args), table.as_ref(), &delete);
    if m.heap.class_of(args.at(0)) == types::BYTES && *this(m, args) == translated[..] {
        return Ok(args.at(0).into());
    }
    Ok(made_anew(m, args, translated).into())
}

pub(super) fn make_trans(m: &mut Machine, args: &Args) -> Eval {
    let from = m.bytes_argument(args.at(0))?;
    let to = m.bytes_argument(args.at(1))?;
    if from.len() != to.len() {
        return Err(m.value_error("maketrans arguments must have same length"));
    }
    let mut table: [u8; 256] = std::array::from_fn(|byte| byte as u8);
    for (from, to) in from.into_iter().zip(to) {
        table[usize::from(from)] = to;
    }
    Ok(m.heap.bytes(&table).into())
}

pub(super) fn hex(m: &mut Machine, args: &Args) -> Eval {
    m.hex_text(args)
}

impl Machine {
    /// `hex(sep, bytes_per_sep)` of bytes, a bytearray or an open memoryview.
    pub(in crate::machine) fn hex_text(&mut self, args: &Args) -> Eval {
        let group = match args.get(2) {
            Some(group) => self.int_argument(group)?.into(),
            None => 1,
        };
        let Some(separator) = args.get(1) else {
            let text = bytes::hex(&shown(self, args.at(0)), None, group);
            return Ok(self.heap.str(text).into());
        };
        let length = self.length(separator)?;
        let length = self.exporting("hex", [args.at(0)], length);
        let given = [args.at(0), separator, self.heap.int(group), Value::NONE];
        self.continue_with("hex", length, Args::new(given), 3, |m, args| {
            let separator = hex_separator(m, args.at(1), args.at(3))?;
            let group = m.size_argument(args.at(2))?;
            let text = bytes::hex(&shown(m, args.at(0)), Some(separator), group);
            Ok(m.heap.str(text).into())
        })
    }
}

/// The bytes of the items that something shows, one behind the other.
fn shown(m: &Machine, value: Value) -> Vec<u8> {
    match m.heap.payload_of(value) {
        Some(Payload::MemoryView(view)) => m.heap.view_bytes(view, Order::Row),
        _ => m.heap.byte_string(value).unwrap_or_default().to_vec(),
    }
}

fn hex_separator(m: &mut Machine, separator: Value, length: Value) -> Result<u8, Raise> {
    if m.index_clamped(length) != Some(1) {
        return Err(m.value_error("sep must be length 1."));
    }
    let first = match (m.heap.payload_of(separator), m.heap.text_of(separator)) {
        (_, Some(text)) => text.get(0).unwrap_or(0),
        (Some(Payload::Bytes(bytes)), None) => bytes.first().copied().unwrap_or(0).into(),
        _ => return Err(m.type_error("sep must be str or bytes.")),
    };
    match u8::try_from(first) {
        Ok(byte) if byte.is_ascii() => Ok(byte),
        _ => Err(m.value_error("sep must be ASCII.")),
    }
}

pub(super) fn from_hex(m: &mut Machine, args: &Args) -> Eval {
    let decoded = match (m.heap.text_of(args.at(1)), m.heap.byte_string(args.at(1))) {
        (Some(text), _) => bytes::from_hex(text),
        (None, Some(text)) => bytes::from_hex_ascii(text),
        (None, None) => {
            let class = m.class_name(args.at(1));
            return Err(m.type_error(format!("fromhex() argument must be str or bytes-like, not {class}")));
        }
    };
    let decoded = decoded.map_err(|error| m.value_error(error.message()))?;
    let class = args.at(0).handle().expect("a class method gets a class");
    let is_array = m.heap.is_subclass(class, types::BYTEARRAY);
    if class == types::BYTEARRAY {
        return Ok(m.heap.bytearray(decoded).into());
    }
    let value = m.heap.bytes(&decoded);
    if class == types::BYTES && !is_array {
        return Ok(value.into());
    }
    m.call(args.at(0), Args::new([value]))
}
