//! `sys.getsizeof`: how many bytes an object takes in CPython 3.14.

use num_traits::Signed;

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::object::extension::Extension;
use super::super::super::object::{Payload, types};
use super::super::super::value::{Kind, Value};

/// What the garbage collector keeps in front of an object.
const COLLECTOR: usize = 16;
/// Reference count and type.
const HEAD: usize = 16;
/// How many bits of an int one digit holds.
const DIGIT_BITS: u64 = 30;

pub(super) fn getsizeof(m: &mut Machine, args: &Args) -> Eval {
    let Some(size) = size(m, args.at(0)) else {
        let class = m.class_name(args.at(0));
        return Err(m.unsupported(format!("sys.getsizeof() of '{class}' objects")));
    };
    Ok(m.heap.int(size as i64).into())
}

/// The size where it follows from what the object is.  That of a list depends on how it came to be.
fn size(m: &Machine, value: Value) -> Option<usize> {
    let plain = |class| m.heap.class_of(value) == class;
    Some(match value.kind() {
        Kind::None | Kind::NotImplemented | Kind::Ellipsis => HEAD,
        Kind::Bool(_) => int_size(1),
        Kind::Int(number) => int_size(u64::from(64 - number.unsigned_abs().leading_zeros())),
        Kind::Float(_) => HEAD + 8,
        Kind::Object(handle) => match m.heap.payload(handle) {
            Payload::Int(number) if plain(types::INT) => int_size(number.abs().bits()),
            Payload::Complex(..) if plain(types::COMPLEX) => HEAD + 16,
            // The one object of such a character has its UTF-8 form at hand, with a zero behind it.
            Payload::Str(text)
                if plain(types::STR) && text.text.len() == 1 && text.text.max_char() == 0xFF =>
            {
                56 + 2 + 3
            }
            Payload::Str(text) if plain(types::STR) => {
                let (head, width) = match text.text.max_char() {
                    0x7F => (40, 1),
                    0xFF => (56, 1),
                    0xFFFF => (56, 2),
                    _ => (56, 4),
                };
                head + (text.text.len() + 1) * width
            }
            Payload::Bytes(bytes) if plain(types::BYTES) => 33 + bytes.len(),
            Payload::Tuple(items) if plain(types::TUPLE) => COLLECTOR + HEAD + 16 + items.len() * 8,
            Payload::Dict(dict) if plain(types::DICT) => COLLECTOR + dict.size_in_cpython(),
            Payload::Range(_) => HEAD + 32,
            Payload::Extension(extension) => match &**extension {
                Extension::Struct(Some(format)) if plain(types::STRUCT) => {
                    COLLECTOR + HEAD + 72 + format.fields.len() * 32
                }
                _ => return None,
            },
            Payload::MemoryView(view) => COLLECTOR + HEAD + 128 + view.layout.shape.len() * 24,
            Payload::Slice(_) => COLLECTOR + HEAD + 24,
            Payload::Function(_) => COLLECTOR + HEAD + 136,
            Payload::Plain if plain(types::OBJECT) => HEAD,
            _ => return None,
        },
    })
}

const fn int_size(bits: u64) -> usize {
    let digits = bits.div_ceil(DIGIT_BITS);
    24 + 4 * if digits == 0 { 1 } else { digits as usize }
}
