//! The gamma function and its logarithm.
//!
//! The method is C. Lanczos' ("A precision approximation of the gamma function", 1964) in the rational form that
//! G. R. Pugh's thesis (2004) and the Boost libraries give it, for `g = 6.0246…` and thirteen terms:
//!
//! ```text
//! gamma(x) = L(x) * (x + g - 1/2) ** (x - 1/2) / e ** (x + g - 1/2)
//! ```
//!
//! where `L` is a quotient of polynomials of degree twelve.  That of the denominator is `x (x + 1) … (x + 11)`.  A
//! negative number is taken to a positive one by Euler's reflection.  CPython computes so, too; that each operation
//! rounds as its does is measured on a hundred thousand numbers of all sizes.

use std::f64::consts::PI;

/// `g`.
const G: f64 = 6.024_680_040_776_73;
/// `g - 1/2`.
const SHIFT: f64 = 5.524_680_040_776_73;
const LN_PI: f64 = 1.144_729_885_849_400_2;
/// Below this one over a number is its gamma, and minus its logarithm that of it.
const TINY: f64 = 1e-20;
/// Above this all is beyond the floats, or behind the last of them before zero.
const HUGE: f64 = 200.0;
/// From here on the power in the formula may be beyond the floats where the value is not.
const BIG_POWER: f64 = 140.0;
/// The factorials up to that of 22 are floats: gamma of one more.
const LAST_EXACT: f64 = 23.0;

const DEGREE: usize = 12;

/// The coefficients of the numerator of `L`, from the constant one on, as Boost publishes them (`lanczos13m53`).
const NUMERATOR: [f64; DEGREE + 1] = [
    23_531_376_880.410_76,
    42_919_803_642.649_1,
    35_711_959_237.355_67,
    17_921_034_426.037_21,
    6_039_542_586.352_028,
    1_439_720_407.311_721_6,
    248_874_557.862_054_17,
    31_426_415.585_400_194,
    2_876_370.628_935_372_5,
    186_056.265_395_223_48,
    8_071.672_002_365_816,
    210.824_277_751_579_36,
    2.506_628_274_631_000_2,
];

/// Those of the denominator: what `x (x + 1) … (x + 11)` is when multiplied out.
const DENOMINATOR: [f64; DEGREE + 1] = rising_factorial();

const fn rising_factorial() -> [f64; DEGREE + 1] {
    let mut coefficients = [0.0; DEGREE + 1];
    coefficients[0] = 1.0;
    let mut root = 0;
    while root < DEGREE {
        // Times x + root: each coefficient moves up by one, and root times of it stay.
        let mut power = root + 1;
        while power > 0 {
            coefficients[power] = coefficients[power - 1] + coefficients[power] * root as f64;
            power -= 1;
        }
        coefficients[0] *= root as f64;
        root += 1;
    }
    coefficients
}

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The function has a pole here, or is not defined.
    Domain,
    /// The value is beyond the greatest float.
    Range,
}

/// The value, if it is one of the floats.
const fn in_range(value: f64) -> Result<f64, Trouble> {
    if value.is_infinite() { Err(Trouble::Range) } else { Ok(value) }
}

/// `L` at a positive number.
fn lanczos(x: f64) -> f64 {
    // A great number's powers would leave the floats: there both polynomials are taken in one over it.
    const GREAT: f64 = 5.0;
    let terms = NUMERATOR.iter().zip(&DENOMINATOR);
    let (above, below) = if x < GREAT {
        terms.rev().fold((0.0, 0.0), |(above, below), (a, b)| (above * x + a, below * x + b))
    } else {
        terms.fold((0.0, 0.0), |(above, below), (a, b)| (above / x + a, below / x + b))
    };
    above / below
}

/// `sin(pi x)`: the sine of a number of quarters of a turn and what is left, so that its zeros are exact.
fn sine_of_turns(x: f64) -> f64 {
    let turn = x.abs() % 2.0;
    let halves = (2.0 * turn).round();
    let sine = match halves as u8 {
        0 => (PI * turn).sin(),
        1 => (PI * (turn - 0.5)).cos(),
        2 => (PI * (1.0 - turn)).sin(),
        3 => -(PI * (turn - 1.5)).cos(),
        _ => (PI * (turn - 2.0)).sin(),
    };
    if x.is_sign_negative() { -sine } else { sine }
}

/// The parts of the formula at a positive number.
struct Formula {
    x: f64,
    /// `x + g - 1/2`, rounded.
    base: f64,
    /// By what part of itself the power changes with what that rounding lost.
    correction: f64,
}

impl Formula {
    fn at(x: f64) -> Self {
        let base = x + SHIFT;
        // What is left when the greater addend is taken away first is exact.
        let lost = if x > SHIFT { (base - x) - SHIFT } else { (base - SHIFT) - x };
        Self { x, base, correction: lost * G / base }
    }

    /// A value with the error of the power taken out of it.
    fn corrected(&self, value: f64, sign: f64) -> f64 {
        value + sign * (self.correction * value)
    }

    /// A value after each of the factors that the power is, which `apply` multiplies it by or divides it by.
    fn with_power(&self, value: f64, apply: fn(f64, f64) -> f64) -> f64 {
        if self.x < BIG_POWER {
            return apply(value, self.base.powf(self.x - 0.5));
        }
        let root = self.base.powf(self.x / 2.0 - 0.25);
        apply(apply(value, root), root)
    }

    fn gamma(&self) -> f64 {
        let value = lanczos(self.x) / self.base.exp();
        self.with_power(self.corrected(value, 1.0), |value, power| value * power)
    }

    /// The gamma of minus `x`: pi over `-x sin(pi x) gamma(x)`.
    fn reflected(&self) -> f64 {
        let value = -PI / sine_of_turns(self.x) / self.x * self.base.exp() / lanczos(self.x);
        self.with_power(self.corrected(value, -1.0), |value, power| value / power)
    }
}

/// `gamma(x)`.
pub fn gamma(x: f64) -> Result<f64, Trouble> {
    if x.is_nan() || x == f64::INFINITY {
        return Ok(x);
    }
    let whole = x == x.floor();
    if x == f64::NEG_INFINITY || whole && x <= 0.0 {
        return Err(Trouble::Domain);
    }
    if whole && x <= LAST_EXACT {
        return Ok((1..x as u64).product::<u64>() as f64);
    }
    let size = x.abs();
    if size < TINY {
        return in_range(1.0 / x);
    }
    if size > HUGE {
        // Between its poles far below zero the function is nearer to zero than any float, on either side.
        return if x < 0.0 { Ok(0.0 / sine_of_turns(x)) } else { Err(Trouble::Range) };
    }
    let formula = Formula::at(size);
    in_range(if x > 0.0 { formula.gamma() } else { formula.reflected() })
}

/// The logarithm of the absolute value of `gamma(x)`: that of the formula, term by term.
pub fn lgamma(x: f64) -> Result<f64, Trouble> {
    if x.is_nan() {
        return Ok(x);
    }
    if x.is_infinite() {
        return Ok(f64::INFINITY);
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(Trouble::Domain) } else { Ok(0.0) };
    }
    let size = x.abs();
    if size < TINY {
        return Ok(-size.ln());
    }
    let positive = (lanczos(size).ln() - G) + (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    in_range(if x > 0.0 { positive } else { LN_PI - sine_of_turns(size).abs().ln() - size.ln() - positive })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_denominator_has_the_rising_factorials_coefficients() {
        assert_eq!(DENOMINATOR[..4], [0.0, 39_916_800.0, 120_543_840.0, 150_917_976.0]);
        assert_eq!(DENOMINATOR[DEGREE - 1..], [66.0, 1.0]);
    }
}
