//! Functions of real numbers.

#![allow(clippy::float_cmp, reason = "these functions are defined by exact comparisons")]

use super::super::super::Machine;
use super::super::super::args::{Args, Params};
use super::super::super::frame::Eval;
use super::super::super::native::Style;
use super::super::super::number::special::gamma::{Trouble, gamma, lgamma};
use super::super::super::number::special::rounded;
use super::super::super::number::{Int, IntRef, float, scale};
use super::super::super::object::function::{NativeBody, NativeDef};
use super::super::super::object::types;
use super::super::super::protocol::number::Number;
use super::super::super::value::{Handle, Value};
use crate::machine::names;

/// What messages say of an argument without a value.
const DOMAIN: &str = "math domain error";

/// A function of one number.  `$wanted` is what CPython says it expects of it.
macro_rules! real {
    ($name:literal, $function:expr, $wanted:literal) => {
        NativeDef::function($name, Params::One, |m, args| {
            m.with_indices($name, args, &[0], Style::Real, |m, args| {
                let x = m.real_at(args, 0);
                let function: fn(f64) -> f64 = $function;
                m.real_result(x, function(x), $wanted)
            })
        })
    };
}

/// A function of some numbers that says itself what comes of them.
macro_rules! reals {
    ($name:literal, $count:literal, $body:expr) => {
        NativeDef::function(
            $name,
            if $count == 1 { Params::One } else { Params::Range($count, $count) },
            |m, args| {
                m.with_indices(
                    $name,
                    args,
                    if $count == 1 {
                        &[0]
                    } else if $count == 2 {
                        &[0, 1]
                    } else {
                        &[0, 1, 2]
                    },
                    Style::Real,
                    |m, args| {
                        let body: fn(&mut Machine, &Args) -> Eval = $body;
                        body(m, args)
                    },
                )
            },
        )
    };
}

/// The functions.
pub static FUNCTIONS: &[NativeDef] = &[
    real!("acos", f64::acos, "a number in range from -1 up to 1"),
    real!("acosh", |x| if x < 1.0 { f64::NAN } else { rounded::acosh(x) }, "argument value not less than 1"),
    real!("asin", f64::asin, "a number in range from -1 up to 1"),
    real!("asinh", rounded::asinh, ""),
    real!("atan", f64::atan, ""),
    reals!("atan2", 2, |m, args| {
        let (y, x) = (m.real_at(args, 0), m.real_at(args, 1));
        m.real_value(y.atan2(x))
    }),
    NativeDef::function("atanh", Params::One, |m, args| {
        m.with_indices("atanh", args, &[0], Style::Real, |m, args| {
            let x = m.real_at(args, 0);
            if x.abs() >= 1.0 {
                return m.not_in_domain(x, "a number between -1 and 1");
            }
            m.real_value(if x.is_nan() { x } else { rounded::atanh(x) })
        })
    }),
    real!("cbrt", f64::cbrt, ""),
    NativeDef::function("ceil", Params::One, |m, args| whole(m, args, names::CEIL, true)),
    reals!("copysign", 2, |m, args| {
        let (x, y) = (m.real_at(args, 0), m.real_at(args, 1));
        m.real_value(x.copysign(y))
    }),
    real!("cos", f64::cos, "a finite input"),
    real!("cosh", f64::cosh, ""),
    real!("degrees", |x| x * (180.0 / std::f64::consts::PI), "degrees"),
    real!("erf", rounded::erf, ""),
    real!("erfc", rounded::erfc, ""),
    real!("exp", f64::exp, ""),
    real!("exp2", f64::exp2, ""),
    real!("expm1", f64::exp_m1, ""),
    real!("fabs", f64::abs, ""),
    NativeDef::function("floor", Params::One, |m, args| whole(m, args, names::FLOOR, false)),
    reals!("fma", 3, fma),
    reals!("fmod", 2, |m, args| {
        let (x, y) = (m.real_at(args, 0), m.real_at(args, 1));
        let result = if x.is_finite() && y.is_infinite() { x } else { x % y };
        m.of_two(x, y, result)
    }),
    reals!("frexp", 1, |m, args| {
        let x = m.real_at(args, 0);
        let (mantissa, exponent) = frexp(x);
        let pair = [m.heap.float(mantissa), m.heap.int(exponent)];
        Ok(m.heap.pair(pair[0], pair[1]).into())
    }),
    reals!("gamma", 1, |m, args| {
        let x = m.real_at(args, 0);
        troubled(m, x, gamma(x))
    }),
    NativeDef::function(
        "isclose",
        Params::Named { names: &["a", "b", "rel_tol", "abs_tol"], required: 2, positional: 2 },
        |m, args| m.with_indices("isclose", args, &[0, 1, 2, 3], Style::Real, is_close),
    ),
    reals!("isfinite", 1, |m, args| Ok(Value::bool(m.real_at(args, 0).is_finite()).into())),
    reals!("isinf", 1, |m, args| Ok(Value::bool(m.real_at(args, 0).is_infinite()).into())),
    reals!("isnan", 1, |m, args| Ok(Value::bool(m.real_at(args, 0).is_nan()).into())),
    NativeDef::function("ldexp", Params::Range(2, 2), |m, args| {
        m.with_indices("ldexp", args, &[0], Style::Real, ldexp)
    }),
    reals!("lgamma", 1, |m, args| {
        let x = m.real_at(args, 0);
        troubled(m, x, lgamma(x))
    }),
    NativeDef::function("log", Params::Range(1, 2), log),
    NativeDef::function("log10", Params::One, |m, args| logarithm(m, args, 0, Base::Ten)),
    real!("log1p", f64::ln_1p, "argument value > -1"),
    NativeDef::function("log2", Params::One, |m, args| logarithm(m, args, 0, Base::Two)),
    reals!("modf", 1, |m, args| {
        let x = m.real_at(args, 0);
        let fraction = if x.is_infinite() { 0_f64.copysign(x) } else { x.fract().copysign(x) };
        let parts = [if x.is_nan() { x } else { fraction }, x.trunc()].map(|part| m.heap.float(part));
        Ok(m.heap.pair(parts[0], parts[1]).into())
    }),
    NativeDef::function(
        "nextafter",
        Params::Named { names: &["", "", "steps"], required: 2, positional: 2 },
        |m, args| {
            m.with_indices("nextafter", args, &[0, 1], Style::Real, |m, args| match args.some(2) {
                None => next_after(m, args),
                Some(_) => m.with_indices("nextafter", args, &[2], Style::Plain, next_after),
            })
        },
    ),
    reals!("pow", 2, |m, args| {
        let (x, y) = (m.real_at(args, 0), m.real_at(args, 1));
        power(m, x, y)
    }),
    real!("radians", |x| x * (std::f64::consts::PI / 180.0), ""),
    reals!("remainder", 2, |m, args| {
        let (x, y) = (m.real_at(args, 0), m.real_at(args, 1));
        let result = remainder(x, y);
        m.of_two(x, y, result)
    }),
    real!("sin", f64::sin, "a finite input"),
    real!("sinh", f64::sinh, ""),
    real!("sqrt", f64::sqrt, "a nonnegative input"),
    real!("tan", f64::tan, "a finite input"),
    real!("tanh", f64::tanh, ""),
    NativeDef::function("trunc", Params::One, |m, args| {
        let value = args.at(0);
        match m.heap.special(value, names::TRUNC) {
            Some(method) => m.call_method(method, value, Args::default()),
            None => {
                let class = m.class_name(value);
                Err(m.type_error(format!("type {class} doesn't define __trunc__ method")))
            }
        }
    }),
    reals!("ulp", 1, |m, args| {
        let x = m.real_at(args, 0).abs();
        m.real_value(if !x.is_finite() {
            x
        } else if x == f64::MAX {
            x - x.next_down()
        } else {
            x.next_up() - x
        })
    }),
];

impl Machine {
    /// The float at a place of converted arguments.
    pub(in crate::machine::modules) fn real_at(&self, args: &Args, index: usize) -> f64 {
        match args.get(index).and_then(|value| self.heap.number(value)) {
            Some(Number::Float(float)) => float,
            _ => panic!("arguments were made floats"),
        }
    }

    /// A float as the result.
    #[allow(clippy::unnecessary_wraps, reason = "the functions of this module end in it")]
    pub(in crate::machine::modules) fn real_value(&mut self, value: f64) -> Eval {
        Ok(self.heap.float(value).into())
    }

    /// What a function of one number gives: where it has no value, or one beyond all floats, an error.
    fn real_result(&mut self, x: f64, result: f64, wanted: &str) -> Eval {
        if result.is_nan() && !x.is_nan() {
            return self.not_in_domain(x, wanted);
        }
        if result.is_infinite() && x.is_finite() {
            // Only where a function has a pole does an argument go wrong; elsewhere the value is too great.
            return match wanted {
                "argument value > -1" => self.not_in_domain(x, wanted),
                "degrees" => self.real_value(result),
                _ => Err(self.overflow_error("math range error")),
            };
        }
        self.real_value(result)
    }

    fn not_in_domain(&mut self, x: f64, wanted: &str) -> Eval {
        let shown = float::repr(x);
        Err(self.value_error(format!("expected {wanted}, got {shown}")))
    }

    /// What a function of two numbers gives.
    fn of_two(&mut self, x: f64, y: f64, result: f64) -> Eval {
        if result.is_nan() && !x.is_nan() && !y.is_nan() {
            return Err(self.value_error(DOMAIN));
        }
        if result.is_infinite() && x.is_finite() && y.is_finite() {
            return Err(self.overflow_error("math range error"));
        }
        self.real_value(result)
    }
}

fn troubled(m: &mut Machine, x: f64, result: Result<f64, Trouble>) -> Eval {
    match result {
        Ok(value) => m.real_value(value),
        Err(Trouble::Domain) => m.not_in_domain(x, "a noninteger or positive integer"),
        Err(Trouble::Range) => Err(m.overflow_error("math range error")),
    }
}

/// `floor` and `ceil`: of a float at once, of others by their special method, else by way of a float.
fn whole(m: &mut Machine, args: &Args, name: Handle, up: bool) -> Eval {
    let value = args.at(0);
    if m.heap.class_of(value) != types::FLOAT
        && let Some(method) = m.heap.special(value, name)
    {
        return m.call_method(method, value, Args::default());
    }
    let float = m.real_number(value)?;
    m.continue_with("floor", float, Args::new([value, Value::bool(up)]), 0, |m, args| {
        let x = m.real_at(args, 0);
        let whole = if args.at(1) == Value::TRUE { x.ceil() } else { x.floor() };
        let int = Int::from_float(whole).map_err(|error| m.number_error(error))?;
        Ok(m.heap.new_int(int).into())
    })
}

fn fma(m: &mut Machine, args: &Args) -> Eval {
    let [x, y, z] = [0, 1, 2].map(|index| m.real_at(args, index));
    let result = x.mul_add(y, z);
    if result.is_finite() {
        return m.real_value(result);
    }
    if result.is_nan() {
        if !x.is_nan() && !y.is_nan() && !z.is_nan() {
            return Err(m.value_error("invalid operation in fma"));
        }
    } else if x.is_finite() && y.is_finite() && z.is_finite() {
        return Err(m.overflow_error("overflow in fma"));
    }
    m.real_value(result)
}

/// A float as a number from a half to one, and a power of two.
fn frexp(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    // A number too small to have all its digits is made greater first.
    let (scaled, lift) = if x.is_subnormal() { (x * 2_f64.powi(54), 54) } else { (x, 0) };
    let bits = scaled.to_bits();
    let exponent = (bits >> 52 & 0x7FF) as i64 - 1022;
    let mantissa = f64::from_bits(bits & !(0x7FF << 52) | 1022 << 52);
    (mantissa, exponent - lift)
}

fn ldexp(m: &mut Machine, args: &Args) -> Eval {
    let x = m.real_at(args, 0);
    let Some(exponent) = m.heap.int_ref(args.at(1)) else {
        return Err(m.type_error("Expected an int as second argument to ldexp."));
    };
    let exponent = exponent.small().unwrap_or(if exponent.signum() < 0 { i64::MIN } else { i64::MAX });
    if x == 0.0 || !x.is_finite() {
        return m.real_value(x);
    }
    let (mantissa, own) = scale::parts(x);
    match scale::scale(mantissa, false, exponent.saturating_add(own.into())) {
        Some(value) => m.real_value(value.copysign(x)),
        None => Err(m.overflow_error("math range error")),
    }
}

fn is_close(m: &mut Machine, args: &Args) -> Eval {
    let (a, b) = (m.real_at(args, 0), m.real_at(args, 1));
    let optional = |index: usize, default: f64| match args.get(index) {
        Some(_) => m.real_at(args, index),
        None => default,
    };
    let (relative, absolute) = (optional(2, 1e-9), optional(3, 0.0));
    if relative < 0.0 || absolute < 0.0 {
        return Err(m.value_error("tolerances must be non-negative"));
    }
    let close = if a == b {
        true
    } else if a.is_infinite() || b.is_infinite() {
        false
    } else {
        let apart = (b - a).abs();
        apart <= (relative * b).abs() || apart <= (relative * a).abs() || apart <= absolute
    };
    Ok(Value::bool(close).into())
}

fn next_after(m: &mut Machine, args: &Args) -> Eval {
    let (x, y) = (m.real_at(args, 0), m.real_at(args, 1));
    let steps = match args.some(2) {
        None => 1,
        Some(steps) => {
            let steps = m.heap.int_ref(steps).map_or(Int::Small(0), IntRef::to_int);
            if steps.is_negative() {
                return Err(m.value_error("steps must be a non-negative integer"));
            }
            // There are no more floats than that.
            steps.small().map_or(u64::MAX, |steps| steps as u64)
        }
    };
    if steps == 0 || x.is_nan() {
        return m.real_value(x);
    }
    if y.is_nan() {
        return m.real_value(y);
    }
    if x == y {
        return m.real_value(y);
    }
    // In the order of floats as integers, minus zero and zero are neighbours of the same distance from all else.
    let place = |value: f64| {
        let size = i128::from(value.to_bits() & !(1 << 63));
        if value.is_sign_negative() { -size } else { size }
    };
    let (from, to) = (place(x), place(y));
    let distance = (to - from).unsigned_abs();
    if u128::from(steps) >= distance {
        return m.real_value(y);
    }
    let at = if to > from { from + i128::from(steps) } else { from - i128::from(steps) };
    let value = f64::from_bits(at.unsigned_abs() as u64);
    // Zero keeps the sign of the side one comes from.
    let negative = at < 0 || at == 0 && x.is_sign_negative();
    m.real_value(if negative { -value } else { value })
}

fn power(m: &mut Machine, x: f64, y: f64) -> Eval {
    let result = x.powf(y);
    if x.is_finite() && y.is_finite() {
        if result.is_nan() || result.is_infinite() && x == 0.0 {
            return Err(m.value_error(DOMAIN));
        }
        if result.is_infinite() {
            return Err(m.overflow_error("math range error"));
        }
    }
    m.real_value(result)
}

/// The remainder that is nearest to zero, as IEEE 754 has it.
fn remainder(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        return if x.is_nan() { x } else { y };
    }
    if x.is_infinite() || y == 0.0 {
        return f64::NAN;
    }
    if y.is_infinite() {
        return x;
    }
    let (size, divisor) = (x.abs(), y.abs());
    let over = size % divisor;
    let under = divisor - over;
    let nearest = if over < under {
        over
    } else if over > under {
        -under
    } else {
        // Half way: to the even quotient.
        over - 2.0 * ((0.5 * (size - over)) % divisor)
    };
    1_f64.copysign(x) * nearest
}

fn log(m: &mut Machine, args: &Args) -> Eval {
    let Some(_) = args.get(1) else { return logarithm(m, args, 0, Base::E) };
    let over = logarithm(m, args, 0, Base::E)?;
    m.continue_with("log", over, args.clone(), 0, |m, args| {
        let under = logarithm(m, args, 1, Base::E)?;
        m.continue_with("log", under, args.clone(), 1, |m, args| {
            let (over, under) = (m.real_at(args, 0), m.real_at(args, 1));
            let quotient = float::truediv(over, under).map_err(|error| m.number_error(error))?;
            m.real_value(quotient)
        })
    })
}

/// What a logarithm is to the base of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    E,
    Two,
    Ten,
}

impl Base {
    fn log(self, x: f64) -> f64 {
        match self {
            Self::E => x.ln(),
            Self::Two => x.log2(),
            Self::Ten => x.log10(),
        }
    }
}

/// The logarithm of the argument at `index`; of an int, however great it is.
fn logarithm(m: &mut Machine, args: &Args, index: usize, base: Base) -> Eval {
    let value = args.at(index);
    if let Some(int) = m.heap.int_ref(value) {
        if int.signum() <= 0 {
            return Err(m.value_error("expected a positive input"));
        }
        let result = match int.to_float() {
            Ok(float) => base.log(float),
            Err(_) => {
                // Too great for a float: as one between a half and one, and a power of two.
                let big = int.to_int().into_big();
                base.log(scale::fraction(big.magnitude())) + base.log(2.0) * big.bits() as f64
            }
        };
        return m.real_value(result);
    }
    let flow = m.real_number(value)?;
    let finish: NativeBody = match base {
        Base::E => |m, args| log_of_float(m, args, Base::E),
        Base::Two => |m, args| log_of_float(m, args, Base::Two),
        Base::Ten => |m, args| log_of_float(m, args, Base::Ten),
    };
    m.continue_with("log", flow, Args::new([value]), 0, finish)
}

fn log_of_float(m: &mut Machine, args: &Args, base: Base) -> Eval {
    let x = m.real_at(args, 0);
    if x <= 0.0 {
        return m.not_in_domain(x, "a positive input");
    }
    m.real_value(base.log(x))
}
