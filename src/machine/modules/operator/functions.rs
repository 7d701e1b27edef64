//! The functions: each does what its operator does, and calls what that calls.

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::names;
use super::super::super::native::{Consume, LengthHint, Search, SearchFor, Sink, Style};
use super::super::super::object::Payload;
use super::super::super::object::function::NativeDef;
use super::super::super::protocol::compare::Comparison;
use super::super::super::protocol::operator::{Binary, Unary};
use super::super::super::value::Value;

const TWO: Params = Params::Range(2, 2);

macro_rules! binary {
    ($name:literal, $operator:ident, $in_place:literal) => {
        NativeDef::function($name, TWO, |m, args| {
            m.binary(Binary::$operator, $in_place, args.at(0), args.at(1))
        })
    };
}

macro_rules! unary {
    ($name:literal, $operator:ident) => {
        NativeDef::function($name, Params::One, |m, args| m.unary(Unary::$operator, args.at(0)))
    };
}

macro_rules! comparison {
    ($name:literal, $comparison:ident) => {
        NativeDef::function($name, TWO, |m, args| m.compare(Comparison::$comparison, args.at(0), args.at(1)))
    };
}

/// The functions, in the order in which CPython has them.
pub static FUNCTIONS: &[NativeDef] = &[
    NativeDef::function("truth", Params::One, |m, args| m.truth(args.at(0))),
    NativeDef::function("contains", TWO, |m, args| m.contains(args.at(0), args.at(1))),
    NativeDef::function("indexOf", TWO, |m, args| search(m, args, SearchFor::Place)),
    NativeDef::function("countOf", TWO, |m, args| search(m, args, SearchFor::Count)),
    NativeDef::function("is_", TWO, |_, args| Ok(Value::bool(args.at(0) == args.at(1)).into())),
    NativeDef::function("is_not", TWO, |_, args| Ok(Value::bool(args.at(0) != args.at(1)).into())),
    NativeDef::function("is_none", Params::One, |_, args| Ok(Value::bool(args.at(0).is_none()).into())),
    NativeDef::function("is_not_none", Params::One, |_, args| Ok(Value::bool(!args.at(0).is_none()).into())),
    NativeDef::function("index", Params::One, |m, args| m.index(args.at(0))),
    binary!("add", Add, false),
    binary!("sub", Subtract, false),
    binary!("mul", Multiply, false),
    binary!("matmul", MatrixMultiply, false),
    binary!("floordiv", FloorDivide, false),
    binary!("truediv", TrueDivide, false),
    binary!("mod", Remainder, false),
    unary!("neg", Negative),
    unary!("pos", Positive),
    NativeDef::function("abs", Params::One, |m, args| m.absolute(args.at(0))),
    unary!("inv", Invert),
    unary!("invert", Invert),
    binary!("lshift", LeftShift, false),
    binary!("rshift", RightShift, false),
    NativeDef::function("not_", Params::One, |m, args| {
        m.with_indices("not_", args, &[0], Style::Truth, |_, args| {
            Ok(Value::bool(args.at(0) == Value::FALSE).into())
        })
    }),
    binary!("and_", And, false),
    binary!("xor", Xor, false),
    binary!("or_", Or, false),
    binary!("iadd", Add, true),
    binary!("isub", Subtract, true),
    binary!("imul", Multiply, true),
    binary!("imatmul", MatrixMultiply, true),
    binary!("ifloordiv", FloorDivide, true),
    binary!("itruediv", TrueDivide, true),
    binary!("imod", Remainder, true),
    binary!("ilshift", LeftShift, true),
    binary!("irshift", RightShift, true),
    binary!("iand", And, true),
    binary!("ixor", Xor, true),
    binary!("ior", Or, true),
    NativeDef::function("concat", TWO, |m, args| concatenate(m, args, false)),
    NativeDef::function("iconcat", TWO, |m, args| concatenate(m, args, true)),
    NativeDef::function("getitem", TWO, |m, args| m.get_item(args.at(0), args.at(1))),
    NativeDef::function("setitem", Params::Range(3, 3), |m, args| {
        let flow = m.set_item(args.at(0), args.at(1), Some(args.at(2)))?;
        m.continue_with("setitem", flow, args.clone(), 0, |_, _| Ok(Value::NONE.into()))
    }),
    NativeDef::function("delitem", TWO, |m, args| {
        let flow = m.set_item(args.at(0), args.at(1), None)?;
        m.continue_with("delitem", flow, args.clone(), 0, |_, _| Ok(Value::NONE.into()))
    }),
    binary!("pow", Power, false),
    binary!("ipow", Power, true),
    comparison!("eq", Eq),
    comparison!("ne", Ne),
    comparison!("lt", Lt),
    comparison!("le", Le),
    comparison!("gt", Gt),
    comparison!("ge", Ge),
    NativeDef::function("_compare_digest", TWO, compare_digest),
    NativeDef::function("length_hint", Params::Range(1, 2), |m, args| {
        m.with_indices("length_hint", args, &[1], Style::Plain, |m, args| {
            let default = match args.get(1) {
                Some(default) => m.size_argument(default)?,
                None => 0,
            };
            let default = m.heap.int(default);
            m.begin(LengthHint::of(args.at(0), default))
        })
    }),
    NativeDef::function("call", Params::Any, |m, args| {
        if args.positional() == 0 {
            return Err(m.type_error("call expected at least 1 argument, got 0"));
        }
        m.call(args.at(0), args.without_first())
    }),
];

fn search(m: &mut Machine, args: &Args, what: SearchFor) -> Eval {
    let (sequence, wanted) = (args.at(0), args.at(1));
    if !m.is_iterable(sequence) {
        let class = m.class_name(sequence);
        return Err(m.type_error(format!("argument of type '{class}' is not iterable")));
    }
    m.begin(Consume::new(sequence, Sink::Search(Search::new(wanted, what))))
}

/// `left + right` of two sequences.
fn concatenate(m: &mut Machine, args: &Args, in_place: bool) -> Eval {
    let (left, right) = (args.at(0), args.at(1));
    let is_sequence = |m: &Machine, value: Value| {
        m.heap.special(value, names::GETITEM).is_some()
            && !matches!(m.heap.payload_of(value), Some(Payload::Dict(_)))
    };
    let builtin = m.heap.payload_of(left).is_some_and(Payload::is_joinable);
    if builtin && m.heap.class(m.heap.class_of(left)).builtin {
        return match m.sequence_binary(Binary::Add, in_place, left, right)? {
            Some(flow) => Ok(flow),
            None => m.binary(Binary::Add, in_place, left, right),
        };
    }
    if is_sequence(m, left) && (builtin || is_sequence(m, right)) {
        return m.binary(Binary::Add, in_place, left, right);
    }
    let class = m.class_name(left);
    Err(m.type_error(format!("'{class}' object can't be concatenated")))
}

fn compare_digest(m: &mut Machine, args: &Args) -> Eval {
    let (left, right) = (args.at(0), args.at(1));
    let equal = match (m.heap.text_of(left), m.heap.text_of(right)) {
        (Some(a), Some(b)) if a.is_ascii() && b.is_ascii() => a == b,
        (Some(_), Some(_)) => {
            return Err(m.type_error("comparing strings with non-ASCII characters is not supported"));
        }
        _ => match (m.heap.byte_string(left), m.heap.byte_string(right)) {
            (Some(a), Some(b)) => a == b,
            (one, _) => {
                let class = m.class_name(if one.is_none() { left } else { right });
                return Err(m.type_error(format!("a bytes-like object is required, not '{class}'")));
            }
        },
    };
    Ok(Value::bool(equal).into())
}
