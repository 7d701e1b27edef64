//! How bytearrays are copied and pickled.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Eval;
use super::super::super::value::Value;
use super::super::types;
use super::this;

/// From this protocol on a pickle can hold bytes.
const WITH_BYTES: i64 = 3;

/// `bytearray.__reduce__()`.
pub(super) fn reduce(m: &mut Machine, args: &Args) -> Eval {
    reduced(m, args.at(0), 2)
}

/// `bytearray.__reduce_ex__(protocol)`.
pub(super) fn reduce_ex(m: &mut Machine, args: &Args) -> Eval {
    let protocol = match args.get(1) {
        Some(protocol) => m.index_i64(protocol, types::OVERFLOW_ERROR)?,
        None => 0,
    };
    reduced(m, args.at(0), protocol)
}

/// The class, what it is called with, and the state.
fn reduced(m: &mut Machine, object: Value, protocol: i64) -> Eval {
    let state = m.object_state(object, false)?;
    let with_bytes = Value::bool(protocol >= WITH_BYTES);
    m.continue_with(
        "bytearray.__reduce_ex__",
        state,
        Args::new([object, with_bytes, Value::NONE]),
        2,
        |m, args| {
            let class = Value::object(m.heap.class_of(args.at(0)));
            let bytes = this(m, args).to_vec();
            let parts = if bytes.is_empty() {
                Vec::new()
            } else if args.at(1) == Value::TRUE {
                vec![m.heap.bytes(&bytes)]
            } else {
                let text: String = bytes.iter().copied().map(char::from).collect();
                vec![m.heap.str(text), m.heap.str("latin-1")]
            };
            let parts = m.heap.tuple(parts);
            Ok(m.heap.tuple(vec![class, parts, args.at(2)]).into())
        },
    )
}
