//! `cmath`: functions of complex numbers.

use super::super::Machine;
use super::super::args::{Args, Params};
use super::super::frame::Eval;
use super::super::native::Style;
use super::super::number::Complex;
use super::super::number::special::elementary as functions;
use super::super::number::special::gamma::Trouble;
use super::super::object::function::NativeDef;
use super::super::protocol::number::Number;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::native::{Constant, NativeModule};

/// A function of one number that says itself what comes of it.
macro_rules! one {
    ($name:expr, $body:expr) => {
        NativeDef::function($name, Params::One, |m, args| {
            m.with_indices($name, args, &[0], Style::Complex, |m, args| {
                let body: fn(&mut Machine, Complex) -> Eval = $body;
                let z = complex_at(m, args, 0);
                body(m, z)
            })
        })
    };
}

/// A function whose value is a complex number, or that has none.
macro_rules! function {
    ($name:ident) => {
        one!(stringify!($name), |m, z| of_result(m, functions::$name(z)))
    };
}

/// A function that has a value for every number.
macro_rules! everywhere {
    ($name:ident) => {
        one!(stringify!($name), |m, z| Ok(m.heap.new_complex(functions::$name(z)).into()))
    };
}

/// `cmath`.
pub static MODULE: NativeModule = NativeModule {
    functions: &[&[
        everywhere!(acos),
        everywhere!(acosh),
        everywhere!(asin),
        everywhere!(asinh),
        function!(atan),
        function!(atanh),
        function!(cos),
        function!(cosh),
        function!(exp),
        NativeDef::function(
            "isclose",
            Params::Named { names: &["a", "b", "rel_tol", "abs_tol"], required: 2, positional: 2 },
            |m, args| {
                m.with_indices("isclose", args, &[0, 1], Style::Complex, |m, args| {
                    m.with_indices("isclose", args, &[2, 3], Style::Real, is_close)
                })
            },
        ),
        one!("isfinite", |_, z| Ok(Value::bool(z.real.is_finite() && z.imag.is_finite()).into())),
        one!("isinf", |_, z| Ok(Value::bool(z.real.is_infinite() || z.imag.is_infinite()).into())),
        one!("isnan", |_, z| Ok(Value::bool(z.real.is_nan() || z.imag.is_nan()).into())),
        NativeDef::function("log", Params::Range(1, 2), |m, args| {
            m.with_indices("log", args, &[0, 1], Style::Complex, |m, args| {
                let z = complex_at(m, args, 0);
                let value = match args.get(1) {
                    None => functions::log(z),
                    Some(_) => functions::log_to(z, complex_at(m, args, 1)),
                };
                of_result(m, value)
            })
        }),
        function!(log10),
        one!("phase", |m, z| {
            let angle = functions::phase(z).map_err(|trouble| error(m, trouble))?;
            m.real_value(angle)
        }),
        one!("polar", |m, z| {
            let (length, angle) = functions::polar(z).map_err(|trouble| error(m, trouble))?;
            let (length, angle) = (m.heap.float(length), m.heap.float(angle));
            Ok(m.heap.pair(length, angle).into())
        }),
        NativeDef::function("rect", Params::Range(2, 2), |m, args| {
            m.with_indices("rect", args, &[0, 1], Style::Real, |m, args| {
                let (length, angle) = (m.real_at(args, 0), m.real_at(args, 1));
                of_result(m, functions::rect(length, angle))
            })
        }),
        function!(sin),
        function!(sinh),
        everywhere!(sqrt),
        function!(tan),
        function!(tanh),
    ]],
    constants: &[
        ("pi", Constant::Float(std::f64::consts::PI)),
        ("e", Constant::Float(std::f64::consts::E)),
        ("tau", Constant::Float(std::f64::consts::TAU)),
        ("inf", Constant::Float(f64::INFINITY)),
        ("nan", Constant::Float(f64::NAN)),
    ],
    fill,
    ..NativeModule::new("cmath", "Functions of complex numbers.")
};

fn fill(m: &mut Machine, dict: Handle) {
    for (name, imag) in [("infj", f64::INFINITY), ("nanj", f64::NAN)] {
        let value = m.heap.new_complex(Complex { real: 0.0, imag });
        m.set_text_name(dict, name, value);
    }
}

/// The number at a place of converted arguments.
fn complex_at(m: &Machine, args: &Args, index: usize) -> Complex {
    match m.heap.number(args.at(index)) {
        Some(Number::Complex(z)) => z,
        Some(Number::Float(x)) => x.into(),
        _ => panic!("arguments were made complex numbers or floats"),
    }
}

fn error(m: &mut Machine, trouble: Trouble) -> Raise {
    match trouble {
        Trouble::Domain => m.value_error("math domain error"),
        Trouble::Range => m.overflow_error("math range error"),
    }
}

fn of_result(m: &mut Machine, result: functions::Result) -> Eval {
    match result {
        Ok(value) => Ok(m.heap.new_complex(value).into()),
        Err(trouble) => Err(error(m, trouble)),
    }
}

fn is_close(m: &mut Machine, args: &Args) -> Eval {
    let (a, b) = (complex_at(m, args, 0), complex_at(m, args, 1));
    let tolerance = |index: usize, default: f64| match args.get(index) {
        Some(_) => m.real_at(args, index),
        None => default,
    };
    let (relative, absolute) = (tolerance(2, 1e-9), tolerance(3, 0.0));
    if relative < 0.0 || absolute < 0.0 {
        return Err(m.value_error("tolerances must be non-negative"));
    }
    let is_infinite = |z: Complex| z.real.is_infinite() || z.imag.is_infinite();
    let size = |z: Complex| z.real.hypot(z.imag);
    let close = if a == b {
        true
    } else if is_infinite(a) || is_infinite(b) {
        false
    } else {
        let apart = size(Complex { real: a.real - b.real, imag: a.imag - b.imag });
        apart <= relative * size(b) || apart <= relative * size(a) || apart <= absolute
    };
    Ok(Value::bool(close).into())
}
