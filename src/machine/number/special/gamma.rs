//! The gamma function and its logarithm by Lanczos' approximation, with the thirteen terms that Boost publishes
//! and the order of operations that CPython has: each of them rounds.

/// The parameter of the approximation.
const G: f64 = 6.024_680_040_776_73;
const G_MINUS_HALF: f64 = 5.524_680_040_776_73;
const LN_PI: f64 = 1.144_729_885_849_400_2;

/// Numerator and denominator of each term, from the constant one on.
const TERMS: [(f64, f64); 13] = [
    (23_531_376_880.410_76, 0.0),
    (42_919_803_642.649_1, 39_916_800.0),
    (35_711_959_237.355_67, 120_543_840.0),
    (17_921_034_426.037_21, 150_917_976.0),
    (6_039_542_586.352_028, 105_258_076.0),
    (1_439_720_407.311_721_6, 45_995_730.0),
    (248_874_557.862_054_17, 13_339_535.0),
    (31_426_415.585_400_194, 2_637_558.0),
    (2_876_370.628_935_372_5, 357_423.0),
    (186_056.265_395_223_48, 32_670.0),
    (8_071.672_002_365_816, 1_925.0),
    (210.824_277_751_579_36, 66.0),
    (2.506_628_274_631_000_2, 1.0),
];

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The function has a pole here, or is not defined.
    Domain,
    /// The value is beyond the greatest float.
    Range,
}

/// The quotient of the two polynomials, at a positive number.
fn lanczos_sum(x: f64) -> f64 {
    let (mut over, mut under) = (0.0, 0.0);
    if x < 5.0 {
        for (a, b) in TERMS.iter().rev() {
            over = over * x + a;
            under = under * x + b;
        }
    } else {
        // The same with both polynomials divided by their highest power.
        for (a, b) in TERMS {
            over = over / x + a;
            under = under / x + b;
        }
    }
    over / under
}

/// `sin(pi * x)`, exact at the zeros.
fn sin_pi(x: f64) -> f64 {
    use std::f64::consts::PI;
    let y = x.abs() % 2.0;
    let value = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1_f64.copysign(x) * value
}

/// `gamma(x)`.
pub fn gamma(x: f64) -> Result<f64, Trouble> {
    use std::f64::consts::PI;
    if !x.is_finite() {
        return if x.is_nan() || x > 0.0 { Ok(x) } else { Err(Trouble::Domain) };
    }
    if x == 0.0 {
        return Err(Trouble::Domain);
    }
    if x == x.floor() {
        if x < 0.0 {
            return Err(Trouble::Domain);
        }
        if x <= 23.0 {
            // Factorials up to here are floats.
            return Ok((1..x as u64).product::<u64>() as f64);
        }
    }
    let size = x.abs();
    if size < 1e-20 {
        let value = 1.0 / x;
        return if value.is_infinite() { Err(Trouble::Range) } else { Ok(value) };
    }
    if size > 200.0 {
        return if x < 0.0 { Ok(0.0 / sin_pi(x)) } else { Err(Trouble::Range) };
    }
    let y = size + G_MINUS_HALF;
    // What the sum has lost by rounding.
    let lost = if size > G_MINUS_HALF { (y - size) - G_MINUS_HALF } else { (y - G_MINUS_HALF) - size };
    let correction = lost * G / y;
    let power = |value: f64, apply: fn(f64, f64) -> f64| {
        if size < 140.0 {
            apply(value, y.powf(size - 0.5))
        } else {
            // The power by itself may be too great.
            let root = y.powf(size / 2.0 - 0.25);
            apply(apply(value, root), root)
        }
    };
    let value = if x < 0.0 {
        let value = -PI / sin_pi(size) / size * y.exp() / lanczos_sum(size);
        power(value - correction * value, |a, b| a / b)
    } else {
        let value = lanczos_sum(size) / y.exp();
        power(value + correction * value, |a, b| a * b)
    };
    if value.is_infinite() { Err(Trouble::Range) } else { Ok(value) }
}

/// The logarithm of the absolute value of `gamma(x)`.
pub fn lgamma(x: f64) -> Result<f64, Trouble> {
    if !x.is_finite() {
        return Ok(if x.is_nan() { x } else { f64::INFINITY });
    }
    if x == x.floor() && x <= 2.0 {
        return if x <= 0.0 { Err(Trouble::Domain) } else { Ok(0.0) };
    }
    let size = x.abs();
    if size < 1e-20 {
        return Ok(-size.ln());
    }
    let mut value = lanczos_sum(size).ln() - G;
    value += (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        value = LN_PI - sin_pi(size).abs().ln() - size.ln() - value;
    }
    if value.is_infinite() { Err(Trouble::Range) } else { Ok(value) }
}
