//! Python's `complex`: arithmetic with the cases CPython treats apart, its `repr()`, and texts to complex.

use super::float::{self, Shape, number_prefix};
use super::{ErrorKind, NumberError, Result};
use crate::machine::text::strip::{Ends, strip};
use crate::machine::text::{Str, bytes};

/// A complex number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complex {
    /// The real part.
    pub real: f64,
    /// The imaginary part.
    pub imag: f64,
}

impl From<f64> for Complex {
    fn from(real: f64) -> Self {
        Self { real, imag: 0.0 }
    }
}

/// One operand of complex arithmetic: with a real one its imaginary part is not zero but absent, so that
/// it does not turn infinities into NaN, nor -0.0 into 0.0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operand {
    /// A float, or an int that became one.
    Real(f64),
    /// A complex.
    Complex(Complex),
}

impl Operand {
    /// The operand with an imaginary part.
    pub const fn to_complex(self) -> Complex {
        match self {
            Self::Real(real) => Complex { real, imag: 0.0 },
            Self::Complex(value) => value,
        }
    }
}

/// `left + right`.
pub fn add(left: Operand, right: Operand) -> Complex {
    let (a, b) = (left.to_complex(), right.to_complex());
    let imag = match (left, right) {
        (_, Operand::Real(_)) => a.imag,
        (Operand::Real(_), Operand::Complex(_)) => b.imag,
        (Operand::Complex(_), Operand::Complex(_)) => a.imag + b.imag,
    };
    Complex { real: a.real + b.real, imag }
}

/// `left - right`.
pub fn sub(left: Operand, right: Operand) -> Complex {
    let (a, b) = (left.to_complex(), right.to_complex());
    let imag = match (left, right) {
        (_, Operand::Real(_)) => a.imag,
        (Operand::Real(_), Operand::Complex(_)) => -b.imag,
        (Operand::Complex(_), Operand::Complex(_)) => a.imag - b.imag,
    };
    Complex { real: a.real - b.real, imag }
}

/// `left * right`.
pub fn mul(left: Operand, right: Operand) -> Complex {
    match (left, right) {
        (Operand::Complex(a), Operand::Complex(b)) => product(a, b),
        (Operand::Complex(a), Operand::Real(b)) | (Operand::Real(b), Operand::Complex(a)) => {
            Complex { real: a.real * b, imag: a.imag * b }
        }
        (Operand::Real(a), Operand::Real(b)) => (a * b).into(),
    }
}

/// `left / right`.
pub fn truediv(left: Operand, right: Operand) -> Result<Complex> {
    let divisor = right.to_complex();
    if divisor.real == 0.0 && divisor.imag == 0.0 {
        return Err(NumberError::ZERO_DIVISION);
    }
    Ok(match (left, right) {
        (Operand::Complex(a), Operand::Complex(b)) => quotient(a, b),
        (Operand::Complex(a), Operand::Real(b)) => Complex { real: a.real / b, imag: a.imag / b },
        (Operand::Real(a), Operand::Complex(b)) => real_quotient(a, b),
        (Operand::Real(a), Operand::Real(b)) => (a / b).into(),
    })
}

/// The number of its sign that a part of an infinite complex is taken for.
fn unit(part: f64) -> f64 {
    if part.is_infinite() { 1.0_f64.copysign(part) } else { 0.0_f64.copysign(part) }
}

/// NaN as a zero of its sign.
fn without_nan(part: f64) -> f64 {
    if part.is_nan() { 0.0_f64.copysign(part) } else { part }
}

/// The product; where it comes out as NaN in both parts but an infinity took part, that infinity is kept
/// (as annex G of the C standard has it).
fn product(left: Complex, right: Complex) -> Complex {
    let (mut a, mut b, mut c, mut d) = (left.real, left.imag, right.real, right.imag);
    let (ac, bd, ad, bc) = (a * c, b * d, a * d, b * c);
    let plain = Complex { real: ac - bd, imag: ad + bc };
    if !plain.real.is_nan() || !plain.imag.is_nan() {
        return plain;
    }
    let mut again = false;
    if a.is_infinite() || b.is_infinite() {
        (a, b, c, d) = (unit(a), unit(b), without_nan(c), without_nan(d));
        again = true;
    }
    if c.is_infinite() || d.is_infinite() {
        (a, b, c, d) = (without_nan(a), without_nan(b), unit(c), unit(d));
        again = true;
    }
    if !again && [ac, bd, ad, bc].iter().any(|part| part.is_infinite()) {
        (a, b, c, d) = (without_nan(a), without_nan(b), without_nan(c), without_nan(d));
        again = true;
    }
    if !again {
        return plain;
    }
    Complex { real: f64::INFINITY * (a * c - b * d), imag: f64::INFINITY * (a * d + b * c) }
}

/// The quotient by Smith's method, which keeps the squares of the divisor's parts from overflowing.
fn quotient(a: Complex, b: Complex) -> Complex {
    let plain = if b.real.abs() >= b.imag.abs() {
        if b.real == 0.0 {
            return Complex { real: 0.0, imag: 0.0 };
        }
        let ratio = b.imag / b.real;
        let denominator = b.real + b.imag * ratio;
        Complex {
            real: (a.real + a.imag * ratio) / denominator,
            imag: (a.imag - a.real * ratio) / denominator,
        }
    } else if b.imag.abs() >= b.real.abs() {
        let ratio = b.real / b.imag;
        let denominator = b.real * ratio + b.imag;
        Complex {
            real: (a.real * ratio + a.imag) / denominator,
            imag: (a.imag * ratio - a.real) / denominator,
        }
    } else {
        Complex { real: f64::NAN, imag: f64::NAN }
    };
    if !plain.real.is_nan() || !plain.imag.is_nan() {
        return plain;
    }
    let is_infinite = |value: Complex| value.real.is_infinite() || value.imag.is_infinite();
    let is_finite = |value: Complex| value.real.is_finite() && value.imag.is_finite();
    if is_infinite(a) && is_finite(b) {
        let (x, y) = (unit(a.real), unit(a.imag));
        return Complex {
            real: f64::INFINITY * (x * b.real + y * b.imag),
            imag: f64::INFINITY * (y * b.real - x * b.imag),
        };
    }
    if is_infinite(b) && is_finite(a) {
        let (x, y) = (unit(b.real), unit(b.imag));
        return Complex { real: 0.0 * (a.real * x + a.imag * y), imag: 0.0 * (a.imag * x - a.real * y) };
    }
    plain
}

/// As [`quotient`], of a dividend without an imaginary part.
fn real_quotient(a: f64, b: Complex) -> Complex {
    let plain = if b.real.abs() >= b.imag.abs() {
        let ratio = b.imag / b.real;
        let denominator = b.real + b.imag * ratio;
        Complex { real: a / denominator, imag: -a * ratio / denominator }
    } else if b.imag.abs() >= b.real.abs() {
        let ratio = b.real / b.imag;
        let denominator = b.real * ratio + b.imag;
        Complex { real: a * ratio / denominator, imag: -a / denominator }
    } else {
        Complex { real: f64::NAN, imag: f64::NAN }
    };
    let lost = plain.real.is_nan() && plain.imag.is_nan();
    if lost && a.is_finite() && (b.real.is_infinite() || b.imag.is_infinite()) {
        return Complex { real: 0.0 * (a * unit(b.real)), imag: 0.0 * (-a * unit(b.imag)) };
    }
    plain
}

/// `base ** exponent`.
pub fn pow(base: Complex, exponent: Complex) -> Result<Complex> {
    let is_small_int =
        exponent.imag == 0.0 && exponent.real == exponent.real.floor() && exponent.real.abs() <= 100.0;
    let power =
        if is_small_int { whole_pow(base, exponent.real as i32)? } else { polar_pow(base, exponent)? };
    if power.real.is_infinite() || power.imag.is_infinite() {
        return Err(NumberError::overflow("complex exponentiation"));
    }
    Ok(power)
}

const ZERO_POWER: NumberError =
    NumberError::new(ErrorKind::ZeroDivision, "zero to a negative or complex power");

/// By repeated squaring.
fn whole_pow(base: Complex, exponent: i32) -> Result<Complex> {
    let mut power = Complex::from(1.0);
    let mut square = base;
    let mut rest = exponent.unsigned_abs();
    while rest > 0 {
        if rest & 1 == 1 {
            power = product(power, square);
        }
        rest >>= 1;
        if rest > 0 {
            square = product(square, square);
        }
    }
    if exponent > 0 {
        return Ok(power);
    }
    if power.real == 0.0 && power.imag == 0.0 {
        return Err(ZERO_POWER);
    }
    Ok(quotient(1.0.into(), power))
}

/// By length and angle.
fn polar_pow(base: Complex, exponent: Complex) -> Result<Complex> {
    if base.real == 0.0 && base.imag == 0.0 {
        if exponent.imag != 0.0 || exponent.real < 0.0 {
            return Err(ZERO_POWER);
        }
        return Ok(0.0.into());
    }
    let size = base.real.hypot(base.imag);
    let angle = base.imag.atan2(base.real);
    let mut length = size.powf(exponent.real);
    let mut phase = angle * exponent.real;
    if exponent.imag != 0.0 {
        length *= (-angle * exponent.imag).exp();
        phase += exponent.imag * size.ln();
    }
    if phase.is_infinite() {
        // The C library's sine refuses it, and CPython takes any refusal for this.
        return Err(ZERO_POWER);
    }
    Ok(Complex { real: length * phase.cos(), imag: length * phase.sin() })
}

impl Complex {
    /// `-self`.
    #[must_use]
    pub fn neg(self) -> Self {
        Self { real: -self.real, imag: -self.imag }
    }

    /// `abs(self)`.
    pub fn abs(self) -> Result<f64> {
        let size = self.real.hypot(self.imag);
        if size.is_infinite() && self.real.is_finite() && self.imag.is_finite() {
            return Err(NumberError::overflow("absolute value too large"));
        }
        Ok(size)
    }

    /// `repr()`.
    pub fn repr(self) -> String {
        let imag = Shape::REPR.text(self.imag);
        if self.real == 0.0 && self.real.is_sign_positive() {
            return format!("{imag}j");
        }
        let plus = if imag.starts_with('-') { "" } else { "+" };
        format!("({}{plus}{imag}j)", Shape::REPR.text(self.real))
    }
}

/// `complex(text)`.
pub fn parse(text: &Str) -> Result<Complex> {
    let ascii = float::ascii_number(text);
    let trimmed = &ascii[strip(&ascii, Ends::Both, bytes::is_space)];
    let Some(plain) = float::without_underscores(trimmed) else {
        let shown = text.repr();
        return Err(NumberError::value(format!("could not convert string to complex: {shown}")));
    };
    let inner = match plain.strip_prefix(b"(") {
        Some(inner) => {
            inner.strip_suffix(b")").map(|inner| &inner[strip(inner, Ends::Both, bytes::is_space)])
        }
        None => Some(plain.as_ref()),
    };
    inner.and_then(parse_parts).ok_or_else(|| NumberError::value("complex() arg is a malformed string"))
}

/// A real part, an imaginary part, or both.
fn parse_parts(text: &[u8]) -> Option<Complex> {
    let Some((first, length)) = number_prefix(text) else {
        return imaginary(text).map(|imag| Complex { real: 0.0, imag });
    };
    match &text[length..] {
        [] => Some(first.into()),
        [b'j' | b'J'] => Some(Complex { real: 0.0, imag: first }),
        rest @ [b'+' | b'-', ..] => imaginary(rest).map(|imag| Complex { real: first, imag }),
        _ => None,
    }
}

/// A number or only its sign, or nothing but the letter itself.
fn imaginary(text: &[u8]) -> Option<f64> {
    let (imag, length) = match (number_prefix(text), text.first()) {
        (Some(number), _) => number,
        (None, Some(b'-')) => (-1.0, 1),
        (None, Some(b'+')) => (1.0, 1),
        (None, _) => (1.0, 0),
    };
    matches!(&text[length..], [b'j' | b'J']).then_some(imag)
}
