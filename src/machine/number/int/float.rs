//! Between ints and floats: conversions, and comparisons that are exact.

use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};

use super::{Int, IntRef, NumberError, Result};
use crate::machine::number::scale;

impl IntRef<'_> {
    /// `float(self)`: the nearest float, ties to even.
    pub fn to_float(self) -> Result<f64> {
        match self {
            IntRef::Small(value) => Ok(value as f64),
            IntRef::Big(value) => {
                let nearest = scale::nearest(value.magnitude()).ok_or(NumberError::INT_TO_FLOAT)?;
                Ok(if value.sign() == Sign::Minus { -nearest } else { nearest })
            }
        }
    }

    /// Which of an int and a float is greater, with nothing rounded; nothing for NaN.
    pub fn compare_float(self, float: f64) -> Option<Ordering> {
        if float.is_nan() {
            return None;
        }
        if float.is_infinite() {
            return Some(if float > 0.0 { Ordering::Less } else { Ordering::Greater });
        }
        let whole = truncated(float);
        let by_whole = self.compare(whole.view());
        Some(by_whole.then_with(|| 0.0_f64.total_cmp(&(float.fract() + 0.0))))
    }
}

impl Int {
    /// `int(float)`: what stands before the point.
    pub fn from_float(float: f64) -> Result<Self> {
        if float.is_nan() {
            return Err(NumberError::value("cannot convert float NaN to integer"));
        }
        if float.is_infinite() {
            return Err(NumberError::overflow("cannot convert float infinity to integer"));
        }
        Ok(truncated(float))
    }
}

/// What stands before the point of a finite float.
fn truncated(float: f64) -> Int {
    if float.abs() < 9.2e18 {
        return Int::Small(float as i64);
    }
    let (mantissa, exponent) = scale::parts(float);
    // From 9.2e18 on the last bit is worth at least one.
    let magnitude = BigInt::from(mantissa) << exponent.max(0);
    Int::from(if float < 0.0 { -magnitude } else { magnitude })
}
