//! Numbers as networks have them, and how much room control messages take.

use super::super::super::Machine;
use super::super::super::args::Params;
use super::super::super::frame::Eval;
use super::super::super::native::Style;
use super::super::super::number::IntRef;
use super::super::super::object::function::NativeDef;
use super::super::super::value::Value;
use super::counted;

/// A function that turns the bytes of a number around.
macro_rules! turned {
    ($name:literal, $of:ty) => {
        NativeDef::function($name, Params::One, |m, args| {
            m.with_indices($name, args, &[0], Style::Plain, |m, args| {
                let number = m.index_clamped(args.at(0)).expect("it has been made an int");
                if number < 0 {
                    return Err(m.value_error("Cannot convert negative int"));
                }
                match <$of>::try_from(number) {
                    Ok(number) => Ok(m.heap.int(number.to_be().into()).into()),
                    Err(_) => {
                        let bits = <$of>::BITS;
                        Err(m.overflow_error(format!("Python int too large for C uint{bits}_t")))
                    }
                }
            })
        })
    };
}

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    turned!("ntohs", u16),
    turned!("ntohl", u32),
    turned!("htons", u16),
    turned!("htonl", u32),
    NativeDef::function("CMSG_LEN", Params::Any, |m, args| {
        counted(m, "CMSG_LEN", args, 1, 1)?;
        m.with_indices("CMSG_LEN", args, &[0], Style::Plain, |m, args| room(m, args.at(0), "CMSG_LEN", 1))
    }),
    NativeDef::function("CMSG_SPACE", Params::Any, |m, args| {
        counted(m, "CMSG_SPACE", args, 1, 1)?;
        m.with_indices("CMSG_SPACE", args, &[0], Style::Plain, |m, args| {
            room(m, args.at(0), "CMSG_SPACE", UNIT)
        })
    }),
];

/// Where the next control message begins is a multiple of this.
const UNIT: i64 = 8;

/// How long a control message is with so many bytes in it, in whole units.
fn room(m: &mut Machine, size: Value, name: &str, unit: i64) -> Eval {
    const HEAD: i64 = 16;
    // The length of a message is kept in 31 bits.
    const MOST: i64 = i32::MAX as i64;
    let Some(size) = m.heap.int_ref(size).and_then(IntRef::small) else {
        return Err(m.overflow_error("Python int too large to convert to C ssize_t"));
    };
    // The least message with a byte in it must still fit.
    let least = if unit == 1 { HEAD } else { HEAD + unit };
    if !(0..=MOST - least).contains(&size) {
        return Err(m.overflow_error(format!("{name}() argument out of range")));
    }
    Ok(m.heap.int(HEAD + (size + unit - 1) / unit * unit).into())
}
