//! Functions on numbers and characters.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::{DivMod, Follow, Operate, Style};
use super::super::super::object::Payload;
use super::super::super::object::function::NativeDef;
use super::super::super::protocol::operator::Binary;
use super::super::super::text::Str;
use super::super::super::value::Value;

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("abs", Params::One, |m, args| m.absolute(args.at(0))),
    NativeDef::function("bin", Params::One, |m, args| prefixed(m, args.at(0), 2)),
    NativeDef::function("oct", Params::One, |m, args| prefixed(m, args.at(0), 8)),
    NativeDef::function("hex", Params::One, |m, args| prefixed(m, args.at(0), 16)),
    NativeDef::function("chr", Params::One, |m, args| m.with_indices("chr", args, &[0], Style::Plain, chr)),
    NativeDef::function("ord", Params::One, ord),
    NativeDef::function("divmod", Params::Range(2, 2), |m, args| {
        m.begin(DivMod::new(args.at(0), args.at(1)))
    }),
    NativeDef::function("pow", Params::named(&["base", "exp", "mod"], 2), pow),
    NativeDef::function("round", Params::named(&["number", "ndigits"], 1), round),
    NativeDef::function("hash", Params::One, |m, args| m.hash(args.at(0))),
];

fn prefixed(m: &mut Machine, value: Value, base: u32) -> Eval {
    let index = m.index(value)?;
    m.after(index, Follow::Digits(base))
}

fn chr(m: &mut Machine, args: &Args) -> Eval {
    const LAST: i64 = 0x10_FFFF;
    let value = args.at(0);
    let Some(int) = m.heap.int_ref(value) else {
        let class = m.class_name(value);
        return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
    };
    match int.small() {
        Some(point) if (0..=LAST).contains(&point) => Ok(m.heap.str(Str::from_point(point as u32)).into()),
        _ => Err(m.value_error("chr() arg not in range(0x110000)")),
    }
}

fn ord(m: &mut Machine, args: &Args) -> Eval {
    let value = args.at(0);
    let (length, first) = match m.heap.payload_of(value) {
        Some(Payload::Str(text)) => (text.text.len(), text.text.get(0)),
        Some(Payload::Bytes(bytes)) => (bytes.len(), bytes.first().map(|byte| u32::from(*byte))),
        Some(Payload::ByteArray(bytes)) => (bytes.len(), bytes.first().map(|byte| u32::from(*byte))),
        _ => {
            let class = m.class_name(value);
            return Err(m.type_error(format!("ord() expected string of length 1, but {class} found")));
        }
    };
    match (length, first) {
        (1, Some(point)) => Ok(m.heap.int(point.into()).into()),
        _ => Err(m.type_error(format!("ord() expected a character, but string of length {length} found"))),
    }
}

fn pow(m: &mut Machine, args: &Args) -> Eval {
    match args.some(2) {
        None => m.binary(Binary::Power, false, args.at(0), args.at(1)),
        Some(modulus) => m.begin(Operate::power_modulo(args.at(0), args.at(1), modulus)),
    }
}

fn round(m: &mut Machine, args: &Args) -> Eval {
    let value = args.at(0);
    if let Some(method) = m.heap.special(value, names::ROUND) {
        return m.call_method(method, value, Args::new(args.some(1)));
    }
    let class = m.class_name(value);
    Err(m.type_error(format!("type {class} doesn't define __round__ method")))
}
