//! `int` and `bool`.

use super::super::Machine;
use super::super::args::{Args, Params, unexpected};
use super::super::frame::Eval;
use super::super::native::{Conversion, Follow, Style};
use super::super::number::int::{self, ByteOrder};
use super::super::number::{Int, IntRef};
use super::super::protocol::number::Number;
use super::super::protocol::wrappers::{
    ADD, AND, BOOL, DIVMOD, EQ, FLOORDIV, FORMAT, GE, GT, HASH, INVERT, INVERT_BOOL, LE, LSHIFT, LT, MOD,
    MUL, NE, NEG, OR, POS, POW, RADD, RAND, RDIVMOD, REPR, RFLOORDIV, RLSHIFT, RMOD, RMUL, ROR, RPOW,
    RRSHIFT, RSHIFT, RSUB, RTRUEDIV, RXOR, SUB, TRUEDIV, XOR,
};
use super::super::raise::Raise;
use super::super::value::{Handle, Kind, Value};
use super::class::{Accessor, Layout, TypeSpec};
use super::function::{NativeBody, NativeDef, indexed};
use super::{Payload, types};

/// `int`.
pub static INT: TypeSpec = TypeSpec {
    subclassable: true,
    doc: Some("An integer of any size."),
    natives: METHODS,
    wrappers: &[
        &ADD, &RADD, &SUB, &RSUB, &MUL, &RMUL, &TRUEDIV, &RTRUEDIV, &FLOORDIV, &RFLOORDIV, &MOD, &RMOD,
        &DIVMOD, &RDIVMOD, &POW, &RPOW, &LSHIFT, &RLSHIFT, &RSHIFT, &RRSHIFT, &AND, &RAND, &OR, &ROR, &XOR,
        &RXOR, &NEG, &POS, &INVERT, &BOOL, &REPR, &HASH, &EQ, &NE, &LT, &LE, &GT, &GE, &FORMAT,
    ],
    accessors: &[
        Accessor::read_only("real", |m, value| Ok(m.exact_int(value).into())),
        Accessor::read_only("imag", |m, _| Ok(m.heap.int(0).into())),
        Accessor::read_only("numerator", |m, value| Ok(m.exact_int(value).into())),
        Accessor::read_only("denominator", |m, _| Ok(m.heap.int(1).into())),
    ],
    ..TypeSpec::new(types::INT, "int")
};

/// `bool`.
pub static BOOL_TYPE: TypeSpec = TypeSpec {
    base: types::INT,
    layout: Layout::Builtin(types::INT),
    doc: Some("True or False."),
    natives: &[NativeDef::new(Params::Any, new_bool)],
    wrappers: &[&REPR, &AND, &RAND, &OR, &ROR, &XOR, &RXOR, &INVERT_BOOL],
    ..TypeSpec::new(types::BOOL, "bool")
};

static METHODS: &[NativeDef] = &[
    NativeDef::method("__sizeof__", Params::None, |m, args| {
        let size = m.plain_size(args.at(0))?;
        Ok(m.heap.int(size).into())
    }),
    NativeDef::method("__getnewargs__", Params::None, |m, args| {
        // A copy, where the int is not one of the small ones.
        let number = this(m, args);
        let number = m.heap.new_int(number);
        Ok(m.heap.tuple(vec![number]).into())
    }),
    NativeDef::new(Params::Any, new_int),
    NativeDef::wrapper("__int__", Params::None, |m, args| Ok(m.exact_int(args.at(0)).into())),
    NativeDef::wrapper("__index__", Params::None, |m, args| Ok(m.exact_int(args.at(0)).into())),
    NativeDef::wrapper("__float__", Params::None, |m, args| {
        let value = this(m, args).view().to_float().map_err(|error| m.number_error(error))?;
        Ok(m.heap.float(value).into())
    }),
    NativeDef::wrapper("__abs__", Params::None, |m, args| {
        if !this(m, args).is_negative() {
            return Ok(m.exact_int(args.at(0)).into());
        }
        let value = this(m, args).view().abs();
        Ok(m.heap.new_int(value).into())
    }),
    NativeDef::method("__trunc__", Params::None, |m, args| Ok(m.exact_int(args.at(0)).into())),
    NativeDef::method("__floor__", Params::None, |m, args| Ok(m.exact_int(args.at(0)).into())),
    NativeDef::method("__ceil__", Params::None, |m, args| Ok(m.exact_int(args.at(0)).into())),
    NativeDef::method("__round__", Params::Range(0, 1), |m, args| m.round_with(args, round)),
    NativeDef::method("conjugate", Params::None, |m, args| Ok(m.exact_int(args.at(0)).into())),
    NativeDef::method("bit_length", Params::None, |m, args| {
        let bits = this(m, args).view().bit_length();
        Ok(m.heap.int(bits as i64).into())
    }),
    NativeDef::method("bit_count", Params::None, |m, args| {
        let bits = this(m, args).view().bit_count();
        Ok(m.heap.int(bits as i64).into())
    }),
    NativeDef::method("is_integer", Params::None, |_, _| Ok(Value::TRUE.into())),
    NativeDef::method("as_integer_ratio", Params::None, |m, args| {
        let (value, one) = (m.exact_int(args.at(0)), m.heap.int(1));
        Ok(m.heap.tuple(vec![value, one]).into())
    }),
    indexed!(
        "to_bytes",
        Params::Named { names: &["length", "byteorder", "signed"], required: 0, positional: 2 },
        &[1],
        Plain,
        |m, args: &Args| {
            check_byte_order(m, args.get(2), "to_bytes")?;
            m.with_indices("to_bytes", args, &[3], Style::Truth, to_bytes)
        }
    ),
    NativeDef::class_method(
        "from_bytes",
        Params::Named { names: &["bytes", "byteorder", "signed"], required: 1, positional: 2 },
        |m, args| {
            check_byte_order(m, args.get(2), "from_bytes")?;
            m.with_indices("from_bytes", args, &[3], Style::Truth, from_bytes)
        },
    ),
];

fn this(m: &Machine, args: &Args) -> Int {
    m.heap.int_ref(args.at(0)).expect("a method of int has an int").to_int()
}

fn new_bool(m: &mut Machine, args: &Args) -> Eval {
    if args.keywords().next().is_some() {
        return Err(m.type_error("bool() takes no keyword arguments"));
    }
    if args.len() > 2 {
        return Err(m.type_error(format!("bool expected at most 1 argument, got {}", args.len() - 1)));
    }
    match args.get(1) {
        Some(value) => m.truth(value),
        None => Ok(Value::FALSE.into()),
    }
}

fn new_int(m: &mut Machine, args: &Args) -> Eval {
    let class = args.at(0).handle().expect("__new__ gets a class");
    if args.len() > 3 && args.keywords().next().is_some() {
        return Err(m.type_error(format!("int() takes at most 2 arguments ({} given)", args.len() - 1)));
    }
    let mut base = None;
    for (name, value) in args.keywords() {
        let text = m.str_text(name).to_string_lossy().into_owned();
        if text != "base" {
            return Err(m.type_error(unexpected("int", &text, &["base"])));
        }
        base = Some(value);
    }
    if args.positional() > 3 {
        return Err(m.type_error(format!("int expected at most 2 arguments, got {}", args.len() - 1)));
    }
    let base = base.or_else(|| args.rest(2).next());
    let Some(value) = args.rest(1).next() else {
        if base.is_some() {
            return Err(m.type_error("int() missing string argument"));
        }
        let zero = m.heap.int(0);
        return Ok(m.int_instance(class, zero).into());
    };
    let made = match base {
        Some(base) => {
            let args = Args::new([value, base]);
            m.with_indices("int", &args, &[1], Style::Plain, |m, args| {
                int_from_text_in(m, args.at(0), args.at(1))
            })?
        }
        None => m.int_of(value)?,
    };
    if class == types::INT { Ok(made) } else { m.after(made, Follow::IntInstance(class)) }
}

fn int_from_text_in(m: &mut Machine, value: Value, base: Value) -> Eval {
    let Some(base) = m.heap.int_ref(base).map(IntRef::to_int) else {
        let class = m.class_name(base);
        return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
    };
    let base = base.small().filter(|base| *base == 0 || (2..=36).contains(base));
    let Some(base) = base else {
        return Err(m.value_error("int() base must be >= 2 and <= 36, or 0"));
    };
    let parsed = match m.heap.payload_of(value) {
        Some(Payload::Str(text)) => int::parse(&text.text, base, m.thread.settings.digit_limit),
        Some(Payload::Bytes(bytes)) => int::parse_bytes(bytes, base, m.thread.settings.digit_limit),
        Some(Payload::ByteArray(bytes)) => int::parse_bytes(bytes, base, m.thread.settings.digit_limit),
        _ => return Err(m.type_error("int() can't convert non-string with explicit base")),
    };
    let int = parsed.map_err(|error| m.number_error(error))?;
    Ok(m.heap.new_int(int).into())
}

impl Machine {
    /// `int(value)`.
    pub(in crate::machine) fn int_of(&mut self, value: Value) -> Eval {
        if matches!(value.kind(), Kind::Int(_)) {
            return Ok(value.into());
        }
        let class = self.heap.class_of(value);
        let builtin = self.heap.class(class).builtin;
        if builtin && self.heap.int_ref(value).is_some() {
            return Ok(self.exact_int(value).into());
        }
        if let (true, Some(Number::Float(float))) = (builtin, self.heap.number(value)) {
            let int = Int::from_float(float).map_err(|error| self.number_error(error))?;
            return Ok(self.heap.new_int(int).into());
        }
        for conversion in [Conversion::Int, Conversion::Index] {
            if let Some(result) = self.convert(conversion, value) {
                return result;
            }
        }
        let parsed = match self.heap.payload_of(value) {
            Some(Payload::Str(text)) => int::parse(&text.text, 10, self.thread.settings.digit_limit),
            _ if let Some(bytes) = self.heap.byte_string(value) => {
                int::parse_bytes(bytes, 10, self.thread.settings.digit_limit)
            }
            _ => {
                self.refuse_python_buffer(value)?;
                let class = self.class_name(value);
                return Err(self.type_error(format!(
                    "int() argument must be a string, a bytes-like object or a real number, not '{class}'"
                )));
            }
        };
        let int = parsed.map_err(|error| self.number_error(error))?;
        Ok(self.heap.new_int(int).into())
    }

    /// An instance of int or of a class derived from it.
    pub(in crate::machine) fn int_instance(&mut self, class: Handle, value: Value) -> Value {
        if class == types::INT {
            return value;
        }
        let int = self.heap.int_ref(value).map_or(Int::Small(0), IntRef::to_int);
        Value::object(self.heap.alloc(class, Payload::Int(Box::new(int.into_big()))))
    }

    /// `pow(base, exponent, modulus)` of ints, else NotImplemented.
    pub(in crate::machine) fn power_modulo(&mut self, base: Value, exponent: Value, modulus: Value) -> Eval {
        let ints = [base, exponent, modulus].map(|value| self.heap.int_ref(value));
        let [Some(base), Some(exponent), Some(modulus)] = ints else {
            return Ok(Value::NOT_IMPLEMENTED.into());
        };
        let answer = base.pow_mod(exponent, modulus);
        let int = answer.map_err(|error| self.number_error(error))?;
        Ok(self.heap.new_int(int).into())
    }

    /// `divmod(left, right)` of numbers, else NotImplemented.
    pub(in crate::machine) fn number_divmod(&mut self, left: Value, right: Value) -> Eval {
        use super::super::number::float;
        let pair = match (self.heap.number(left), self.heap.number(right)) {
            (Some(Number::Int(left)), Some(Number::Int(right))) => left.divmod(right).map(Pair::Int),
            (Some(Number::Float(left)), Some(Number::Float(right))) => {
                float::divmod(left, right).map(Pair::Float)
            }
            (Some(Number::Int(left)), Some(Number::Float(right))) => {
                left.to_float().and_then(|left| float::divmod(left, right)).map(Pair::Float)
            }
            (Some(Number::Float(left)), Some(Number::Int(right))) => {
                right.to_float().and_then(|right| float::divmod(left, right)).map(Pair::Float)
            }
            _ => return Ok(Value::NOT_IMPLEMENTED.into()),
        };
        let items = match pair.map_err(|error| self.number_error(error))? {
            Pair::Int((quotient, _)) if self.is_own_remainder(left, right) => {
                vec![self.heap.new_int(quotient), left]
            }
            Pair::Int((quotient, rest)) => vec![self.heap.new_int(quotient), self.heap.new_int(rest)],
            Pair::Float((quotient, rest)) => vec![self.heap.float(quotient), self.heap.float(rest)],
        };
        Ok(self.heap.tuple(items).into())
    }
}

enum Pair {
    Int((Int, Int)),
    Float((f64, f64)),
}

fn round(m: &mut Machine, args: &Args) -> Eval {
    let Some(places) = args.some(1) else {
        return Ok(m.exact_int(args.at(0)).into());
    };
    let Some(places) = m.heap.int_ref(places).map(IntRef::to_int) else {
        let class = m.class_name(places);
        return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
    };
    match places {
        Int::Small(places) if places < 0 => {
            let answer = this(m, args).view().round_to_power_of_ten(places.unsigned_abs());
            let int = answer.map_err(|error| m.number_error(error))?;
            Ok(m.heap.new_int(int).into())
        }
        Int::Big(places) if places.sign() == num_bigint::Sign::Minus => Ok(m.heap.int(0).into()),
        Int::Small(_) | Int::Big(_) => Ok(m.exact_int(args.at(0)).into()),
    }
}

/// The order of bytes is a str; which one is told later.
fn check_byte_order(m: &mut Machine, order: Option<Value>, function: &str) -> Result<(), Raise> {
    match order {
        Some(order) if m.heap.text_of(order).is_none() => {
            let class = m.argument_class(order);
            let message = format!("{function}() argument 'byteorder' must be str, not {class}");
            Err(m.type_error(message))
        }
        _ => Ok(()),
    }
}

fn byte_order(m: &mut Machine, order: Option<Value>) -> Result<ByteOrder, Raise> {
    let Some(order) = order else { return Ok(ByteOrder::Big) };
    match m.heap.text_of(order).and_then(|text| text.as_ascii()) {
        Some("big") => Ok(ByteOrder::Big),
        Some("little") => Ok(ByteOrder::Little),
        _ => Err(m.value_error("byteorder must be either 'little' or 'big'")),
    }
}

fn to_bytes(m: &mut Machine, args: &Args) -> Eval {
    let order = byte_order(m, args.get(2))?;
    let length = match args.get(1) {
        None => 1,
        Some(length) => match m.heap.int_ref(length).and_then(IntRef::small) {
            Some(length) if length >= 0 => length as usize,
            Some(_) => return Err(m.value_error("length argument must be non-negative")),
            None => return Err(m.overflow_error("Python int too large to convert to C ssize_t")),
        },
    };
    let signed = args.flag(3, false);
    let bytes =
        this(m, args).view().to_bytes(length, order, signed).map_err(|error| m.number_error(error))?;
    Ok(m.heap.new_bytes(&bytes).into())
}

fn from_bytes(m: &mut Machine, args: &Args) -> Eval {
    let class = args.at(0).handle().expect("a class method gets a class");
    let order = byte_order(m, args.get(2))?;
    let signed = args.flag(3, false);
    let bytes = m.bytes_of_object(args.at(1))?;
    m.after(bytes, Follow::IntFromBytes { class, order, signed })
}

impl Machine {
    /// The int that bytes stand for; `class.from_bytes` calls a class derived from int with it.
    pub(in crate::machine) fn int_from_bytes(
        &mut self,
        class: Handle,
        bytes: Value,
        order: ByteOrder,
        signed: bool,
    ) -> Eval {
        let bytes = self.heap.byte_string(bytes).unwrap_or_default();
        let int = Int::from_bytes(bytes, order, signed).map_err(|error| self.number_error(error))?;
        let value = self.heap.new_int(int);
        if class == types::INT {
            return Ok(value.into());
        }
        self.call(Value::object(class), Args::new([value]))
    }

    /// `number.__round__(places)` by `round`, which wants the places as an int; None is none.
    pub(in crate::machine) fn round_with(&mut self, args: &Args, round: NativeBody) -> Eval {
        if args.some(1).is_none() {
            return round(self, args);
        }
        self.with_indices("round", args, &[1], Style::Plain, round)
    }
}
