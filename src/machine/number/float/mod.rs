//! Python's `float`: arithmetic that Rust's `f64` does otherwise, and its forms as text.

mod hex;
mod parse;
mod round;
mod shape;
pub mod width;

use super::{Complex, Int, NumberError, Result, complex, scale};
use num_bigint::BigInt;

pub use hex::{from_hex, to_hex};
pub(super) use parse::number_prefix;
pub use parse::{ascii_number, bad_literal, parse, parse_bytes, without_underscores};
pub use round::round;
pub use shape::{Shape, Style, repr};

/// What `float ** float` gives: a complex where a negative float has a power that is no whole number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Power {
    /// Any other power.
    Float(f64),
    /// Of a negative float, to a fraction.
    Complex(Complex),
}

/// `divmod(left, right)`: the quotient is rounded down, the remainder has the divisor's sign.
pub fn divmod(left: f64, right: f64) -> Result<(f64, f64)> {
    if right == 0.0 {
        return Err(NumberError::ZERO_DIVISION);
    }
    let mut remainder = left % right;
    let mut quotient = (left - remainder) / right;
    if remainder == 0.0 {
        remainder = 0.0_f64.copysign(right);
    } else if (right < 0.0) != (remainder < 0.0) {
        remainder += right;
        quotient -= 1.0;
    }
    if quotient == 0.0 {
        return Ok((0.0_f64.copysign(left / right), remainder));
    }
    // The division above was rounded; the nearest whole number is what it would be without that.
    let floor = quotient.floor();
    Ok((if quotient - floor > 0.5 { floor + 1.0 } else { floor }, remainder))
}

/// `left // right`.
pub fn floordiv(left: f64, right: f64) -> Result<f64> {
    divmod(left, right).map(|(quotient, _)| quotient)
}

/// `left % right`.
pub fn modulo(left: f64, right: f64) -> Result<f64> {
    divmod(left, right).map(|(_, remainder)| remainder)
}

/// `left / right`.
pub fn truediv(left: f64, right: f64) -> Result<f64> {
    if right == 0.0 { Err(NumberError::ZERO_DIVISION) } else { Ok(left / right) }
}

/// `base ** exponent`.
pub fn pow(base: f64, exponent: f64) -> Result<Power> {
    if base < 0.0 && base.is_finite() && exponent.is_finite() && exponent != exponent.floor() {
        return complex::pow(base.into(), exponent.into()).map(Power::Complex);
    }
    real_pow(base, exponent).map(Power::Float)
}

/// `base ** exponent` where that is a float: not of a negative base to a fraction.
pub(super) fn real_pow(base: f64, exponent: f64) -> Result<f64> {
    let odd = exponent.abs() % 2.0 == 1.0;
    if exponent == 0.0 {
        return Ok(1.0);
    }
    if base.is_nan() {
        return Ok(base);
    }
    if exponent.is_nan() {
        return Ok(if base == 1.0 { 1.0 } else { exponent });
    }
    if exponent.is_infinite() {
        let base = base.abs();
        return Ok(match base == 1.0 {
            true => 1.0,
            false if (exponent > 0.0) == (base > 1.0) => f64::INFINITY,
            false => 0.0,
        });
    }
    if base.is_infinite() {
        let size = if exponent > 0.0 { f64::INFINITY } else { 0.0 };
        return Ok(if odd { size.copysign(base) } else { size });
    }
    if base == 0.0 {
        if exponent < 0.0 {
            return Err(NumberError::ZERO_TO_NEGATIVE);
        }
        return Ok(if odd { base } else { 0.0 });
    }
    let size = base.abs().powf(exponent);
    if size.is_infinite() {
        return Err(NumberError::RANGE);
    }
    Ok(if base < 0.0 && odd { -size } else { size })
}

/// `float.as_integer_ratio`: numerator and denominator without a common factor.
pub fn as_integer_ratio(value: f64) -> Result<(Int, Int)> {
    if value.is_nan() {
        return Err(NumberError::value("cannot convert NaN to integer ratio"));
    }
    if value.is_infinite() {
        return Err(NumberError::overflow("cannot convert Infinity to integer ratio"));
    }
    let (mantissa, exponent) = scale::parts(value);
    if mantissa == 0 {
        return Ok((Int::Small(0), Int::Small(1)));
    }
    let zeros = mantissa.trailing_zeros();
    let odd = BigInt::from((mantissa >> zeros) as i64 * if value < 0.0 { -1 } else { 1 });
    let exponent = exponent + zeros as i32;
    let power = BigInt::from(1) << exponent.unsigned_abs();
    Ok(if exponent < 0 { (odd.into(), power.into()) } else { ((odd * power).into(), Int::Small(1)) })
}
