//! Functions rounded once, from numbers of so many bits that no float lies between them and the true value.
//!
//! A number is an integer and stands for so many times 2 to the power of minus `bits`.

use num_bigint::{BigInt, BigUint};
use num_traits::{One, Signed, Zero};

use super::super::scale;

/// Bits behind those that the result needs.
const GUARD: i64 = 256;

/// Fixed-point numbers with so many bits behind the point.
struct Fixed {
    bits: i64,
}

impl Fixed {
    fn one(&self) -> BigInt {
        BigInt::one() << self.bits
    }

    /// A finite float; the bits must be enough for all of it.
    fn of(&self, x: f64) -> BigInt {
        let (mantissa, exponent) = scale::parts(x);
        let value = shifted(BigInt::from(mantissa), i64::from(exponent) + self.bits);
        if x < 0.0 { -value } else { value }
    }

    fn mul(&self, a: &BigInt, b: &BigInt) -> BigInt {
        (a * b) >> self.bits
    }

    fn div(&self, a: &BigInt, b: &BigInt) -> BigInt {
        (a << self.bits) / b
    }

    fn sqrt(&self, a: &BigInt) -> BigInt {
        (a << self.bits).sqrt()
    }

    /// The inverse hyperbolic tangent of a small number, by its series.
    fn atanh_series(&self, z: &BigInt) -> BigInt {
        let square = self.mul(z, z);
        let (mut power, mut sum) = (z.clone(), z.clone());
        for n in 1u32.. {
            power = self.mul(&power, &square);
            let term = &power / (2 * n + 1);
            // The magnitude decides: rounding down never makes a negative number zero.
            if term.magnitude().bits() < 2 {
                break;
            }
            sum += term;
        }
        sum
    }

    /// The natural logarithm of a positive number.
    fn ln(&self, a: &BigInt) -> BigInt {
        // As a power of two times a number near one, whose logarithm is a short series.
        let power = a.bits() as i64 - 1 - self.bits;
        let near = shifted(a.clone(), -power);
        let three_halves = self.one() * 3 / 2;
        let (near, power) = if near > three_halves { (near >> 1, power + 1) } else { (near, power) };
        let z = self.div(&(&near - self.one()), &(&near + self.one()));
        let ln_two = self.atanh_series(&(self.one() / 3)) * 2;
        self.atanh_series(&z) * 2 + ln_two * power
    }

    /// The inverse tangent of one over a small integer.
    fn atan_inverse(&self, n: u32) -> BigInt {
        let (mut power, mut sum, square) = (self.one() / n, self.one() / n, n * n);
        for k in 1u32.. {
            power /= square;
            let term = &power / (2 * k + 1);
            if term.is_zero() {
                break;
            }
            if k % 2 == 1 { sum -= term } else { sum += term }
        }
        sum
    }

    /// By Machin's formula.
    fn pi(&self) -> BigInt {
        self.atan_inverse(5) * 16 - self.atan_inverse(239) * 4
    }

    /// The nearest float; of a number that is not exact, which may be a little off in its last bits.
    fn round(&self, a: &BigInt) -> f64 {
        let (mantissa, _, exponent) = scale::top_bits(a.magnitude());
        // Never exactly between two floats: what is left out decides.
        let (mantissa, exponent) = if a.bits() < 64 {
            let lift = 64 - a.bits().max(1);
            (mantissa << lift, exponent - lift as i64)
        } else {
            (mantissa, exponent)
        };
        let value = scale::scale(mantissa, true, exponent - self.bits).unwrap_or(f64::INFINITY);
        if a.is_negative() { -value } else { value }
    }
}

fn shifted(value: BigInt, by: i64) -> BigInt {
    if by >= 0 { value << by } else { value >> -by }
}

/// Fixed-point numbers with enough bits for a result about as small as `x`.
fn fixed_for(x: f64) -> Fixed {
    let (_, exponent) = scale::parts(x);
    Fixed { bits: GUARD + 4 * i64::from(-exponent).max(0) }
}

/// The inverse hyperbolic sine.
pub fn asinh(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    if x.abs() < 1e-9 {
        // Less than half a unit of the last place below the number itself.
        return x;
    }
    let fixed = fixed_for(x);
    let a = fixed.of(x.abs());
    let root = fixed.sqrt(&(fixed.mul(&a, &a) + fixed.one()));
    fixed.round(&fixed.ln(&(a + root))).copysign(x)
}

/// The inverse hyperbolic cosine, of a number from 1 on.
pub fn acosh(x: f64) -> f64 {
    if x == 1.0 || !x.is_finite() {
        return if x == 1.0 { 0.0 } else { x };
    }
    let fixed = fixed_for(1.0);
    let a = fixed.of(x);
    let root = fixed.sqrt(&(fixed.mul(&a, &a) - fixed.one()));
    fixed.round(&fixed.ln(&(a + root)))
}

/// The inverse hyperbolic tangent, of a number between -1 and 1.
pub fn atanh(x: f64) -> f64 {
    if x == 0.0 || x.abs() < 1e-9 {
        return x;
    }
    let fixed = fixed_for(x);
    let a = fixed.of(x.abs());
    let quotient = fixed.div(&(fixed.one() + &a), &(fixed.one() - &a));
    fixed.round(&(fixed.ln(&quotient) >> 1)).copysign(x)
}

/// The error function of a number whose size is `x`, with bits for what cancels out in the series.
fn erf_series(fixed: &Fixed, x: f64) -> BigInt {
    let a = fixed.of(x);
    let square = fixed.mul(&a, &a);
    let (mut power, mut sum) = (a.clone(), a);
    for n in 1u32.. {
        power = -(fixed.mul(&power, &square) / n);
        let term = &power / (2 * n + 1);
        if term.magnitude().bits() < 2 {
            break;
        }
        sum += term;
    }
    let root = fixed.sqrt(&fixed.pi());
    fixed.div(&(sum * 2), &root)
}

/// How many bits the terms of the series have before the point.
fn bits_of_terms(x: f64) -> i64 {
    (x * x * std::f64::consts::LOG2_E) as i64 + 8
}

/// The error function.
pub fn erf(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() {
        return x;
    }
    let size = x.abs();
    if size > 6.0 {
        return 1_f64.copysign(x);
    }
    let (_, exponent) = scale::parts(size);
    let fixed = Fixed { bits: GUARD + 3 * i64::from(-exponent).max(0) + bits_of_terms(size) };
    fixed.round(&erf_series(&fixed, size)).copysign(x)
}

/// One minus the error function.
pub fn erfc(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x > 28.0 {
        return 0.0;
    }
    if x < -6.5 {
        return 2.0;
    }
    if x.abs() < 1e-20 {
        return 1.0;
    }
    let size = x.abs();
    let (_, exponent) = scale::parts(size);
    // The result itself may be as small as the terms are great.
    let fixed = Fixed { bits: GUARD + i64::from(-exponent).max(0) + 2 * bits_of_terms(size) };
    let series = erf_series(&fixed, size);
    fixed.round(&if x < 0.0 { fixed.one() + series } else { fixed.one() - series })
}

/// The square root of the sum of the squares of finite numbers.
pub fn norm(numbers: &[f64]) -> f64 {
    const LIFT: u32 = 132;
    let parts: Vec<(u64, i64)> = numbers
        .iter()
        .map(|x| scale::parts(*x))
        .filter(|(mantissa, _)| *mantissa != 0)
        .map(|(mantissa, exponent)| (mantissa, i64::from(exponent)))
        .collect();
    let Some(least) = parts.iter().map(|(_, exponent)| *exponent).min() else { return 0.0 };
    let sum: BigUint = parts
        .iter()
        .map(|(mantissa, exponent)| (BigUint::from(*mantissa) << (exponent - least)).pow(2))
        .sum();
    // Enough bits for the root to have more than a float, and an even number, half of which is the root's.
    let lifted = &sum << LIFT;
    let root = lifted.sqrt();
    let exact = &root * &root == lifted;
    let (top, lost, shift) = scale::top_bits(&root);
    let exponent = shift + least - i64::from(LIFT / 2);
    scale::scale(top, lost || !exact, exponent).unwrap_or(f64::INFINITY)
}
