//! int, float and complex against CPython's answers.

mod leaf;

use std::cmp::Ordering;

use leaf::{Case, Value, check, one_nan};
use num_bigint::BigInt;
use wordcode::machine::number::complex::{self, Operand};
use wordcode::machine::number::float;
use wordcode::machine::number::int::{self, ByteOrder, DEFAULT_DIGIT_LIMIT};
use wordcode::machine::number::{Complex, ErrorKind, Int, NumberError};
use wordcode::machine::text::Str;

impl From<Int> for Value {
    fn from(value: Int) -> Self {
        Self::Int(value.into_big())
    }
}

impl From<Complex> for Value {
    fn from(value: Complex) -> Self {
        Self::Complex(one_nan(value.real.to_bits()), one_nan(value.imag.to_bits()))
    }
}

fn error(error: NumberError) -> Value {
    let kind = match error.kind {
        ErrorKind::ZeroDivision => "ZeroDivisionError",
        ErrorKind::Overflow | ErrorKind::Range => "OverflowError",
        ErrorKind::Value => "ValueError",
        ErrorKind::Memory => "MemoryError",
        ErrorKind::Type => "TypeError",
    };
    Value::Error(kind.to_owned(), error.to_string())
}

fn answer<T: Into<Value>>(result: Result<T, NumberError>) -> Value {
    result.map_or_else(error, Into::into)
}

fn pair<T: Into<Value>>(result: Result<(T, T), NumberError>) -> Value {
    result.map_or_else(error, |(first, second)| Value::List(vec![first.into(), second.into()]))
}

fn float_answer(case: &Case) -> Value {
    match case.operation.as_str() {
        "repr" => float::repr(case.float(0)).into(),
        "hex" => float::to_hex(case.float(0)).into(),
        "ratio" => pair(float::as_integer_ratio(case.float(0))),
        "int" => answer(Int::from_float(case.float(0))),
        "round" => answer(float::round(case.float(0), case.int(1))),
        "parse" => answer(match &case.args[0] {
            Value::Bytes(bytes) => float::parse_bytes(bytes),
            _ => float::parse(case.str(0)),
        }),
        "fromhex" => answer(float::from_hex(case.str(0))),
        "divmod" => pair(float::divmod(case.float(0), case.float(1))),
        "pow" => match float::pow(case.float(0), case.float(1)) {
            Ok(float::Power::Float(value)) => value.into(),
            Ok(float::Power::Complex(value)) => value.into(),
            Err(raised) => error(raised),
        },
        other => panic!("unknown operation {other}"),
    }
}

/// The int at `at`, in its canonical form.
fn operand(case: &Case, at: usize) -> Int {
    case.big(at).clone().into()
}

fn byte_order(case: &Case, at: usize) -> ByteOrder {
    if *case.str(at) == "little" { ByteOrder::Little } else { ByteOrder::Big }
}

fn int_binary(case: &Case) -> Value {
    let (left, right) = (operand(case, 0), operand(case, 1));
    let (left, right) = (left.view(), right.view());
    match case.operation.as_str() {
        "add" => answer(left.add(right)),
        "sub" => answer(left.sub(right)),
        "mul" => answer(left.mul(right)),
        "divmod" => pair(left.divmod(right)),
        "truediv" => answer(left.truediv(right)),
        "and" => left.and(right).into(),
        "or" => left.or(right).into(),
        "xor" => left.xor(right).into(),
        "shl" => answer(left.shl(right)),
        "shr" => answer(left.shr(right)),
        "pow" => match left.pow(right) {
            Ok(int::Power::Int(value)) => value.into(),
            Ok(int::Power::Float(value)) => value.into(),
            Err(raised) => error(raised),
        },
        "powmod" => answer(left.pow_mod(right, operand(case, 2).view())),
        "round" => answer(left.round_to_power_of_ten(case.int(1).unsigned_abs())),
        other => panic!("unknown operation {other}"),
    }
}

fn int_text(case: &Case) -> Value {
    match case.operation.as_str() {
        "parse" => {
            let base = if case.arity() > 1 { case.int(1) } else { 10 };
            answer(match &case.args[0] {
                Value::Bytes(bytes) => int::parse_bytes(bytes, base, DEFAULT_DIGIT_LIMIT),
                _ => int::parse(case.str(0), base, DEFAULT_DIGIT_LIMIT),
            })
        }
        "parse long" => {
            let text = case.str(1).to_string().repeat(case.int(0) as usize);
            let text = Str::from(text.trim_end_matches('_'));
            let modulus = Int::Small(1_000_003);
            let parsed = int::parse(&text, case.int(2), DEFAULT_DIGIT_LIMIT);
            answer(parsed.and_then(|value| value.view().modulo(modulus.view())))
        }
        "long" => {
            let value = Int::from(BigInt::from(10).pow(case.int(0) as u32));
            answer(value.view().to_decimal(DEFAULT_DIGIT_LIMIT).map(|text| text.len()))
        }
        "from_bytes" => {
            answer(Int::from_bytes(case.bytes(0), byte_order(case, 1), case.args[2] == Value::Bool(true)))
        }
        "to_bytes" => {
            let signed = case.args[3] == Value::Bool(true);
            answer(operand(case, 0).view().to_bytes(case.int(1) as usize, byte_order(case, 2), signed))
        }
        _ => int_binary(case),
    }
}

fn int_answer(case: &Case) -> Value {
    if case.operation == "compare" {
        let order = operand(case, 0).view().compare_float(case.float(1));
        let is = |wanted: Ordering| Value::Bool(order == Some(wanted));
        return Value::List(vec![is(Ordering::Less), is(Ordering::Equal), is(Ordering::Greater)]);
    }
    let Value::Int(value) = &case.args[0] else { return int_text(case) };
    let value = Int::from(value.clone());
    let view = value.view();
    match case.operation.as_str() {
        "neg" => view.neg().into(),
        "abs" => view.abs().into(),
        "invert" => view.invert().into(),
        "bit_length" => (view.bit_length() as usize).into(),
        "bit_count" => (view.bit_count() as usize).into(),
        "str" => answer(view.to_decimal(DEFAULT_DIGIT_LIMIT)),
        "bin" => view.to_prefixed(2).into(),
        "oct" => view.to_prefixed(8).into(),
        "hex" => view.to_prefixed(16).into(),
        "float" => answer(view.to_float()),
        _ => int_text(case),
    }
}

fn complex_answer(case: &Case) -> Value {
    if case.operation == "parse" {
        return answer(complex::parse(case.str(0)));
    }
    let operand = |at: usize| match &case.args[at] {
        Value::Float(bits) => Operand::Real(f64::from_bits(*bits)),
        Value::Complex(real, imag) => {
            Operand::Complex(Complex { real: f64::from_bits(*real), imag: f64::from_bits(*imag) })
        }
        other => panic!("{other:?} is no operand"),
    };
    let left = operand(0);
    match case.operation.as_str() {
        "repr" => left.to_complex().repr().into(),
        "abs" => answer(left.to_complex().abs()),
        "add" => complex::add(left, operand(1)).into(),
        "sub" => complex::sub(left, operand(1)).into(),
        "mul" => complex::mul(left, operand(1)).into(),
        "truediv" => answer(complex::truediv(left, operand(1))),
        "pow" => answer(complex::pow(left.to_complex(), operand(1).to_complex())),
        other => panic!("unknown operation {other}"),
    }
}

#[test]
fn floats() {
    check("float", float_answer);
}

#[test]
fn ints() {
    check("int", int_answer);
}

#[test]
fn complexes() {
    check("complex", complex_answer);
}
