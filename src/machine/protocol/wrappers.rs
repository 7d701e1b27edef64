//! The special methods that builtin types share, as natives: `int.__add__`, `str.__eq__`, `list.__repr__`.
//!
//! Each is one function that looks at what its receiver is, so that an instance of a subclass behaves as
//! what it derives from.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::{Eval, Flow};
use super::super::object::function::NativeDef;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::Value;
use super::compare::Comparison;
use super::number::Number;
use super::operator::{Binary, FLOAT_MODULO, INVERTED_BOOL, Unary};

macro_rules! binary_wrappers {
    ($($forward:ident $backward:ident $name:literal $reflected:literal $operator:ident,)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $forward: NativeDef = NativeDef::wrapper($name, Params::One, |m, args| {
                forward(m, Binary::$operator, args)
            });
            #[doc = concat!("`", $reflected, "`")]
            pub static $backward: NativeDef = NativeDef::wrapper($reflected, Params::One, |m, args| {
                backward(m, Binary::$operator, args)
            });
        )*
    };
}

binary_wrappers! {
    ADD RADD "__add__" "__radd__" Add,
    AND RAND "__and__" "__rand__" And,
    FLOORDIV RFLOORDIV "__floordiv__" "__rfloordiv__" FloorDivide,
    LSHIFT RLSHIFT "__lshift__" "__rlshift__" LeftShift,
    MUL RMUL "__mul__" "__rmul__" Multiply,
    MOD RMOD "__mod__" "__rmod__" Remainder,
    OR ROR "__or__" "__ror__" Or,
    RSHIFT RRSHIFT "__rshift__" "__rrshift__" RightShift,
    SUB RSUB "__sub__" "__rsub__" Subtract,
    TRUEDIV RTRUEDIV "__truediv__" "__rtruediv__" TrueDivide,
    XOR RXOR "__xor__" "__rxor__" Xor,
}

/// Whether the type of a number leaves it to that of another one to compute with both: an int to a float,
/// a float to a complex number.
fn leaves_it(m: &Machine, receiver: Value, other: Value) -> bool {
    let rank = |value| {
        m.heap.number(value).map(|number| match number {
            Number::Int(_) => 0,
            Number::Float(_) => 1,
            Number::Complex(_) => 2,
        })
    };
    matches!((rank(receiver), rank(other)), (Some(own), Some(other)) if own < other)
}

/// `receiver operator other`, or NotImplemented.
fn forward(m: &mut Machine, operator: Binary, args: &Args) -> Eval {
    let (receiver, other) = (args.at(0), args.at(1));
    own_operator(m, operator, receiver, other, (receiver, other))
}

/// `other operator receiver`, or NotImplemented.
fn backward(m: &mut Machine, operator: Binary, args: &Args) -> Eval {
    let (receiver, other) = (args.at(0), args.at(1));
    own_operator(m, operator, receiver, other, (other, receiver))
}

/// What the type of `receiver` makes of an operator; what the other operand's type would, plays no part.
fn own_operator(
    m: &mut Machine,
    operator: Binary,
    receiver: Value,
    other: Value,
    (left, right): (Value, Value),
) -> Eval {
    let answer = if m.heap.number(receiver).is_some() {
        if leaves_it(m, receiver, other) {
            None
        } else {
            m.number_binary(operator, left, right)?.map(Flow::Value)
        }
    } else if operator == Binary::Multiply && m.repeats(receiver) {
        Some(m.repeat_sequence(receiver, other, false)?)
    } else if operator == Binary::Remainder && !formats_alike(m, receiver, left) {
        None
    } else {
        m.builtin_binary(operator, false, left, right)?
    };
    Ok(answer.unwrap_or(Flow::Value(Value::NOT_IMPLEMENTED)))
}

/// Whether `%` of one is that of the other: each kind of text formats with itself on the left only.
fn formats_alike(m: &Machine, receiver: Value, left: Value) -> bool {
    matches!(
        (m.heap.payload_of(receiver), m.heap.payload_of(left)),
        (Some(Payload::Str(_)), Some(Payload::Str(_)))
            | (Some(Payload::Bytes(_)), Some(Payload::Bytes(_)))
            | (Some(Payload::ByteArray(_)), Some(Payload::ByteArray(_)))
    )
}

macro_rules! in_place_wrappers {
    ($($constant:ident $name:literal $operator:ident,)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $constant: NativeDef = NativeDef::wrapper($name, Params::One, |m, args| {
                let flow = m.builtin_binary(Binary::$operator, true, args.at(0), args.at(1))?;
                Ok(flow.unwrap_or(Flow::Value(Value::NOT_IMPLEMENTED)))
            });
        )*
    };
}

in_place_wrappers! {
    IADD "__iadd__" Add,
    IAND "__iand__" And,
    IOR "__ior__" Or,
    ISUB "__isub__" Subtract,
    IXOR "__ixor__" Xor,
}

/// `__imul__` of sequences
pub static IMUL: NativeDef =
    NativeDef::wrapper("__imul__", Params::One, |m, args| m.repeat_sequence(args.at(0), args.at(1), true));

macro_rules! unary_wrappers {
    ($($constant:ident $name:literal $operator:ident,)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $constant: NativeDef = NativeDef::wrapper($name, Params::None, |m, args| {
                Ok(m.number_unary(Unary::$operator, args.at(0)).unwrap_or(Value::NOT_IMPLEMENTED).into())
            });
        )*
    };
}

unary_wrappers! {
    NEG "__neg__" Negative,
    POS "__pos__" Positive,
    INVERT "__invert__" Invert,
}

/// `bool.__invert__`
pub static INVERT_BOOL: NativeDef = NativeDef::wrapper("__invert__", Params::None, |m, args| {
    let inverted = m.number_unary(Unary::Invert, args.at(0)).unwrap_or(Value::NOT_IMPLEMENTED);
    m.warned(types::DEPRECATION_WARNING, INVERTED_BOOL, inverted)
});

macro_rules! comparison_wrappers {
    ($($constant:ident $name:literal $comparison:ident,)*) => {
        $(
            #[doc = concat!("`", $name, "`")]
            pub static $constant: NativeDef = NativeDef::wrapper($name, Params::One, |m, args| {
                if leaves_it(m, args.at(0), args.at(1)) {
                    return Ok(Value::NOT_IMPLEMENTED.into());
                }
                m.builtin_compare(Comparison::$comparison, args.at(0), args.at(1))
            });
        )*
    };
}

comparison_wrappers! {
    LT "__lt__" Lt,
    LE "__le__" Le,
    EQ "__eq__" Eq,
    NE "__ne__" Ne,
    GT "__gt__" Gt,
    GE "__ge__" Ge,
}

/// `__pow__`
pub static POW: NativeDef = NativeDef::wrapper("__pow__", Params::AtLeast(0), |m, args| {
    check_power(m, args)?;
    match args.some(2) {
        Some(modulus) => own_power(m, args.at(0), [args.at(0), args.at(1), modulus]),
        None => forward(m, Binary::Power, args),
    }
});

/// `__rpow__`
pub static RPOW: NativeDef = NativeDef::wrapper("__rpow__", Params::AtLeast(0), |m, args| {
    check_power(m, args)?;
    match args.some(2) {
        Some(modulus) => own_power(m, args.at(0), [args.at(1), args.at(0), modulus]),
        None => backward(m, Binary::Power, args),
    }
});

/// `__pow__` and `__rpow__` count their arguments in words of their own.
fn check_power(m: &mut Machine, args: &Args) -> Result<(), Raise> {
    match args.len() - 1 {
        1 | 2 => Ok(()),
        given => Err(m.type_error(format!("expected 1 or 2 arguments, got {given}"))),
    }
}

/// What the type of `receiver` makes of `pow(base, exponent, modulus)`.
fn own_power(m: &mut Machine, receiver: Value, [base, exponent, modulus]: [Value; 3]) -> Eval {
    let all_numbers = [base, exponent].iter().all(|operand| m.heap.number(*operand).is_some());
    match m.heap.number(receiver) {
        Some(Number::Float(_)) => Err(m.type_error(FLOAT_MODULO)),
        Some(Number::Complex(_)) if all_numbers => Err(m.value_error("complex modulo")),
        Some(Number::Complex(_)) => Ok(Value::NOT_IMPLEMENTED.into()),
        Some(Number::Int(_)) | None => m.power_modulo(base, exponent, modulus),
    }
}

/// `__divmod__`
pub static DIVMOD: NativeDef =
    NativeDef::wrapper("__divmod__", Params::One, |m, args| own_divmod(m, args, (args.at(0), args.at(1))));

/// `__rdivmod__`
pub static RDIVMOD: NativeDef =
    NativeDef::wrapper("__rdivmod__", Params::One, |m, args| own_divmod(m, args, (args.at(1), args.at(0))));

fn own_divmod(m: &mut Machine, args: &Args, (left, right): (Value, Value)) -> Eval {
    if leaves_it(m, args.at(0), args.at(1)) {
        return Ok(Value::NOT_IMPLEMENTED.into());
    }
    m.number_divmod(left, right)
}

/// `__repr__`
pub static REPR: NativeDef =
    NativeDef::wrapper("__repr__", Params::None, |m, args| m.builtin_repr(args.at(0)));

/// `__str__`
pub static STR: NativeDef = NativeDef::wrapper("__str__", Params::None, |m, args| m.builtin_str(args.at(0)));

/// `__hash__`
pub static HASH: NativeDef =
    NativeDef::wrapper("__hash__", Params::None, |m, args| m.builtin_hash(args.at(0)));

/// `__bool__`
pub static BOOL: NativeDef = NativeDef::wrapper("__bool__", Params::None, |m, args: &Args| {
    Ok(Value::bool(m.plain_truth(args.at(0)).unwrap_or(true)).into())
});

/// `__format__`
pub static FORMAT: NativeDef = NativeDef::method("__format__", Params::One, |m, args| {
    let spec = args.at(1);
    if m.heap.text_of(spec).is_none() {
        let class = m.argument_class(spec);
        return Err(m.type_error(format!("__format__() argument must be str, not {class}")));
    }
    m.builtin_format(args.at(0), spec)
});
