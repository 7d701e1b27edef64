//! `float` and `complex`.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::names;
use super::super::native::{Conversion, Follow, NewComplex, Style};
use super::super::number::{Complex, Int, complex, float};
use super::super::protocol::number::Number;
use super::super::protocol::wrappers::{
    ADD, BOOL, DIVMOD, EQ, FLOORDIV, FORMAT, GE, GT, HASH, LE, LT, MOD, MUL, NE, NEG, POS, POW, RADD,
    RDIVMOD, REPR, RFLOORDIV, RMOD, RMUL, RPOW, RSUB, RTRUEDIV, SUB, TRUEDIV,
};
use super::super::text::{Str, repr};
use super::super::value::{Handle, Kind, Value};
use super::class::{Accessor, TypeSpec};
use super::function::NativeDef;
use super::{Payload, Real, types};

/// `float`.
pub static FLOAT: TypeSpec = TypeSpec {
    subclassable: true,
    doc: Some("A number with a fraction: 64 bits, about 16 decimal digits."),
    natives: METHODS,
    wrappers: &[
        &ADD, &RADD, &SUB, &RSUB, &MUL, &RMUL, &TRUEDIV, &RTRUEDIV, &FLOORDIV, &RFLOORDIV, &MOD, &RMOD,
        &DIVMOD, &RDIVMOD, &POW, &RPOW, &NEG, &POS, &BOOL, &REPR, &HASH, &EQ, &NE, &LT, &LE, &GT, &GE,
        &FORMAT,
    ],
    accessors: &[
        Accessor::read_only("real", |m, value| Ok(m.exact_float(value).into())),
        Accessor::read_only("imag", |m, _| Ok(m.heap.float(0.0).into())),
    ],
    ..TypeSpec::new(types::FLOAT, "float")
};

/// `complex`.
pub static COMPLEX: TypeSpec = TypeSpec {
    subclassable: true,
    doc: Some("A number with a real and an imaginary part."),
    natives: &[
        NativeDef::new(Params::Any, new_complex),
        NativeDef::wrapper("__abs__", Params::None, |m, args| {
            let size = this_complex(m, args).abs().map_err(|error| m.number_error(error))?;
            Ok(m.heap.float(size).into())
        }),
        NativeDef::method("__getnewargs__", Params::None, |m, args| {
            let value = this_complex(m, args);
            let parts = [value.real, value.imag].map(|part| m.heap.float(part));
            Ok(m.heap.tuple(parts.to_vec()).into())
        }),
        NativeDef::method("__complex__", Params::None, |m, args| {
            if m.heap.class_of(args.at(0)) == types::COMPLEX {
                return Ok(args.at(0).into());
            }
            let value = this_complex(m, args);
            Ok(m.heap.new_complex(value).into())
        }),
        NativeDef::class_method("from_number", Params::One, |m, args| {
            let (class, number) = (args.at(0), args.at(1));
            if class == Value::object(types::COMPLEX) && m.heap.class_of(number) == types::COMPLEX {
                return Ok(number.into());
            }
            // A class derived from complex may have a `__complex__` of its own.
            if let Some(Number::Complex(_)) = m.heap.number(number)
                && let Some(converted) = m.convert(Conversion::Complex, number)
            {
                return m.continue_with("from_number", converted?, args.clone(), 1, complex_from_number);
            }
            m.with_indices("from_number", args, &[1], Style::Complex, complex_from_number)
        }),
        NativeDef::method("conjugate", Params::None, |m, args| {
            let value = this_complex(m, args);
            Ok(m.heap.new_complex(Complex { real: value.real, imag: -value.imag }).into())
        }),
    ],
    wrappers: &[
        &ADD, &RADD, &SUB, &RSUB, &MUL, &RMUL, &TRUEDIV, &RTRUEDIV, &POW, &RPOW, &NEG, &POS, &BOOL, &REPR,
        &HASH, &EQ, &NE, &LT, &LE, &GT, &GE, &FORMAT,
    ],
    accessors: &[
        Accessor::read_only("real", |m, value| {
            let part = complex_value(m, value).real;
            Ok(m.heap.float(part).into())
        })
        .as_member(),
        Accessor::read_only("imag", |m, value| {
            let part = complex_value(m, value).imag;
            Ok(m.heap.float(part).into())
        })
        .as_member(),
    ],
    ..TypeSpec::new(types::COMPLEX, "complex")
};

static METHODS: &[NativeDef] = &[
    NativeDef::method("__getnewargs__", Params::None, |m, args| {
        let number = m.heap.float(this(m, args));
        Ok(m.heap.tuple(vec![number]).into())
    }),
    NativeDef::new(Params::Any, new_float),
    NativeDef::wrapper("__float__", Params::None, |m, args| Ok(m.exact_float(args.at(0)).into())),
    NativeDef::wrapper("__int__", Params::None, truncate),
    NativeDef::wrapper("__abs__", Params::None, |m, args| {
        let value = this(m, args).abs();
        Ok(m.heap.float(value).into())
    }),
    NativeDef::method("__trunc__", Params::None, truncate),
    NativeDef::method("__floor__", Params::None, |m, args| whole(m, this(m, args).floor())),
    NativeDef::method("__ceil__", Params::None, |m, args| whole(m, this(m, args).ceil())),
    NativeDef::method("__round__", Params::Range(0, 1), |m, args| m.round_with(args, round)),
    NativeDef::method("conjugate", Params::None, |m, args| Ok(m.exact_float(args.at(0)).into())),
    NativeDef::method("is_integer", Params::None, |m, args| {
        let value = this(m, args);
        Ok(Value::bool(value.is_finite() && value.fract() == 0.0).into())
    }),
    NativeDef::method("as_integer_ratio", Params::None, |m, args| {
        let (numerator, denominator) =
            float::as_integer_ratio(this(m, args)).map_err(|error| m.number_error(error))?;
        let items = vec![m.heap.new_int(numerator), m.heap.new_int(denominator)];
        Ok(m.heap.tuple(items).into())
    }),
    NativeDef::method("hex", Params::None, |m, args| {
        let text = float::to_hex(this(m, args));
        Ok(m.heap.str(text).into())
    }),
    NativeDef::class_method("fromhex", Params::One, from_hex),
    NativeDef::class_method("from_number", Params::One, |m, args| {
        m.with_indices("from_number", args, &[1], Style::Real, |m, args| {
            if args.at(0) == Value::object(types::FLOAT) {
                return Ok(args.at(1).into());
            }
            m.call(args.at(0), args.without_first())
        })
    }),
    NativeDef::class_method("__getformat__", Params::One, |m, args| {
        let Some(text) = m.heap.text_of(args.at(1)) else {
            let given = if args.at(1).is_none() { "None".to_owned() } else { m.class_name(args.at(1)) };
            return Err(m.type_error(format!("__getformat__() argument must be str, not {given}")));
        };
        match text.as_ascii() {
            Some("double" | "float") => Ok(m.heap.str("IEEE, little-endian").into()),
            _ => Err(m.value_error("__getformat__() argument 1 must be 'double' or 'float'")),
        }
    }),
];

fn this(m: &Machine, args: &Args) -> f64 {
    match m.heap.number(args.at(0)) {
        Some(Number::Float(value)) => value,
        _ => panic!("a method of float has a float"),
    }
}

fn complex_value(m: &Machine, value: Value) -> Complex {
    match m.heap.number(value) {
        Some(Number::Complex(value)) => value,
        _ => panic!("a method of complex has a complex number"),
    }
}

fn this_complex(m: &Machine, args: &Args) -> Complex {
    complex_value(m, args.at(0))
}

fn whole(m: &mut Machine, value: f64) -> Eval {
    let int = Int::from_float(value).map_err(|error| m.number_error(error))?;
    Ok(m.heap.new_int(int).into())
}

/// `complex.from_number(number)`, the number converted.
fn complex_from_number(m: &mut Machine, args: &Args) -> Eval {
    let value = match m.heap.number(args.at(1)) {
        Some(Number::Complex(value)) => value,
        Some(Number::Float(real)) => Complex { real, imag: 0.0 },
        Some(Number::Int(_)) | None => panic!("the number is converted"),
    };
    let value = m.heap.new_complex(value);
    if args.at(0) == Value::object(types::COMPLEX) {
        return Ok(value.into());
    }
    m.call(args.at(0), Args::new([value]))
}

fn truncate(m: &mut Machine, args: &Args) -> Eval {
    let value = this(m, args);
    whole(m, value)
}

fn round(m: &mut Machine, args: &Args) -> Eval {
    let value = this(m, args);
    let Some(places) = args.some(1) else {
        return whole(m, value.round_ties_even());
    };
    let Some(places) = m.heap.int_ref(places) else {
        let class = m.class_name(places);
        return Err(m.type_error(format!("'{class}' object cannot be interpreted as an integer")));
    };
    let places = places.small().unwrap_or_else(|| if places.signum() < 0 { i64::MIN } else { i64::MAX });
    let rounded = float::round(value, places).map_err(|error| m.number_error(error))?;
    Ok(m.heap.float(rounded).into())
}

fn new_float(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    m.refuse_keywords("float", types::FLOAT, names::INIT, args)?;
    m.check_count("float", args.positional() - 1, 0, 1)?;
    let flow = match args.get(1).filter(|_| args.positional() > 1) {
        Some(value) => m.float_of(value)?,
        None => m.heap.float(0.0).into(),
    };
    if class == types::FLOAT {
        return Ok(flow);
    }
    m.after(flow, Follow::FloatInstance(class))
}

fn from_hex(m: &mut Machine, args: &Args) -> Eval {
    let Some(text) = m.heap.text_of(args.at(1)) else {
        return Err(m.type_error("bad argument type for built-in operation"));
    };
    let text = text.clone();
    m.check_utf8(args.at(1))?;
    let value = float::from_hex(&text).map_err(|error| m.number_error(error))?;
    let value = m.heap.float(value);
    match args.at(0).handle() {
        Some(types::FLOAT) | None => Ok(value.into()),
        Some(_) => m.call(args.at(0), Args::new([value])),
    }
}

impl Machine {
    /// An instance of `class`, which derives from float, with the value of a float.
    pub(in crate::machine) fn float_instance(&mut self, class: Handle, value: Value) -> Value {
        match self.heap.number(value) {
            Some(Number::Float(value)) => Value::object(self.heap.alloc(class, Payload::Float(Real(value)))),
            _ => value,
        }
    }

    /// An instance of `class`, which is complex or derives from it, with the value of a complex number.
    pub(in crate::machine) fn complex_instance(&mut self, class: Handle, value: Value) -> Value {
        match self.heap.number(value) {
            Some(Number::Complex(value)) => {
                let payload = Payload::Complex(Real(value.real), Real(value.imag));
                Value::object(self.heap.alloc(class, payload))
            }
            _ => value,
        }
    }

    /// `float(value)`.
    pub(in crate::machine) fn float_of(&mut self, value: Value) -> Eval {
        if matches!(value.kind(), Kind::Float(_)) {
            return Ok(value.into());
        }
        let class = self.heap.class_of(value);
        if self.heap.class(class).builtin {
            match self.heap.number(value) {
                Some(Number::Int(int)) => {
                    let float = int.to_float().map_err(|error| self.number_error(error))?;
                    return Ok(self.heap.float(float).into());
                }
                Some(Number::Float(float)) => return Ok(self.heap.float(float).into()),
                _ => {}
            }
        }
        if let Some(result) = self.convert(Conversion::Float, value) {
            return result;
        }
        if let Some(Number::Float(float)) = self.heap.number(value) {
            return Ok(self.heap.float(float).into());
        }
        if self.heap.special(value, Conversion::Index.name()).is_some() {
            let index = self.index(value)?;
            return self.after(index, Follow::Float);
        }
        let parsed = match self.heap.payload_of(value) {
            Some(Payload::Str(text)) => float::parse(&text.text),
            Some(Payload::ByteArray(bytes)) => float::parse_bytes(bytes)
                .map_err(|_| float::bad_literal(&Str::from(format!("bytearray({})", repr::bytes(bytes))))),
            Some(Payload::Bytes(bytes)) => float::parse_bytes(bytes),
            _ if let Some(bytes) = self.heap.byte_string(value) => match float::parse_bytes(bytes) {
                Err(_) => {
                    let shown = self.repr(value)?;
                    return self.continue_with("float", shown, Args::new([Value::NONE]), 0, |m, args| {
                        let error = float::bad_literal(m.str_text(args.at(0)));
                        Err(m.number_error(error))
                    });
                }
                parsed => parsed,
            },
            _ => {
                self.refuse_python_buffer(value)?;
                let class = self.class_name(value);
                return Err(self.type_error(format!(
                    "float() argument must be a string or a real number, not '{class}'"
                )));
            }
        };
        let float = parsed.map_err(|error| self.number_error(error))?;
        Ok(self.heap.float(float).into())
    }

    /// The float of exact type that an instance of a subclass stands for.
    pub(in crate::machine) fn exact_float(&mut self, value: Value) -> Value {
        match (value.kind(), self.heap.number(value)) {
            (Kind::Object(_), Some(Number::Float(float))) => self.heap.float(float),
            _ => value,
        }
    }
}

fn new_complex(m: &mut Machine, args: &Args) -> Eval {
    let class = m.class_argument(args)?;
    let by_name = args.positional() == 1;
    let args = m.bind_as("complex", &["real", "imag"], 0, &args.without_first())?;
    let is_part = args.get(0).is_some() && (by_name || args.get(1).is_some());
    let real = match (args.get(0), args.get(1)) {
        (Some(value), None) if is_part => value,
        (Some(value), None) if class == types::COMPLEX && m.heap.class_of(value) == types::COMPLEX => {
            return Ok(value.into());
        }
        (Some(value), None) if m.heap.text_of(value).is_some() => {
            let parsed = complex::parse(m.str_text(value)).map_err(|error| m.number_error(error))?;
            m.heap.new_complex(parsed)
        }
        (Some(value), _) => value,
        (None, _) => m.heap.int(0),
    };
    let new = NewComplex::new(m, class, real, args.get(1), is_part || args.get(1).is_some());
    m.begin(new)
}
