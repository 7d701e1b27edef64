//! Operators on ints, with the limits on the size of what is folded.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// The most bits of a folded product, power or shift.
const MAX_BITS: u64 = 128;

/// `left * right`, unless it is too long.
pub(super) fn multiply(left: &BigInt, right: &BigInt) -> Option<BigInt> {
    (left.bits() + right.bits() <= MAX_BITS || left.is_zero() || right.is_zero()).then(|| left * right)
}

/// `left // right`.
pub(super) fn floor_divide(left: &BigInt, right: &BigInt) -> Option<BigInt> {
    (!right.is_zero()).then(|| left.div_floor(right))
}

/// `left % right`.
pub(super) fn remainder(left: &BigInt, right: &BigInt) -> Option<BigInt> {
    (!right.is_zero()).then(|| left.mod_floor(right))
}

/// `left ** right` for a `right` that is not negative, unless it is too long.
pub(super) fn power(left: &BigInt, right: &BigInt) -> Option<BigInt> {
    if right.is_zero() {
        return Some(BigInt::one());
    }
    if left.is_zero() {
        return Some(BigInt::zero());
    }
    let exponent = right.to_u64()?;
    if left.bits() > MAX_BITS / exponent {
        return None;
    }
    Some(left.pow(exponent as u32))
}

/// `left << right`, unless it is too long.
pub(super) fn shift_left(left: &BigInt, right: &BigInt) -> Option<BigInt> {
    if right.is_negative() {
        return None;
    }
    if left.is_zero() || right.is_zero() {
        return Some(left.clone());
    }
    let distance = right.to_u64()?;
    if distance > MAX_BITS || left.bits() > MAX_BITS - distance {
        return None;
    }
    Some(left << distance)
}

/// `left >> right`.
pub(super) fn shift_right(left: &BigInt, right: &BigInt) -> Option<BigInt> {
    if right.is_negative() {
        return None;
    }
    // A shift by more than there are bits leaves the sign.
    let distance = right.to_u64().unwrap_or(u64::MAX).min(left.bits() + 1);
    Some(left >> distance)
}

/// The nearest float; `None` where there is none.
pub(super) fn to_float(int: &BigInt) -> Option<f64> {
    int.to_f64().filter(|value| value.is_finite())
}

const MANTISSA_BITS: i64 = 53;
const MIN_EXPONENT: i64 = -1021;
const MAX_EXPONENT: i64 = 1024;

/// `left / right`, the float that is nearest to the exact quotient.
pub(super) fn true_divide(left: &BigInt, right: &BigInt) -> Option<f64> {
    if right.is_zero() {
        return None;
    }
    let is_negative = (left.sign() == Sign::Minus) != (right.sign() == Sign::Minus);
    let sign = |size: f64| if is_negative { -size } else { size };
    if left.is_zero() {
        return Some(sign(0.0));
    }
    let (left, right) = (left.magnitude(), right.magnitude());
    let difference = left.bits() as i64 - right.bits() as i64;
    if difference > MAX_EXPONENT {
        return None;
    }
    if difference < MIN_EXPONENT - MANTISSA_BITS - 1 {
        return Some(sign(0.0));
    }
    // A quotient with two or three bits more than a float keeps, and whether there is a rest.
    let shift = difference.max(MIN_EXPONENT) - MANTISSA_BITS - 2;
    let (quotient, rest) = if shift <= 0 {
        (left << shift.unsigned_abs()).div_rem(right)
    } else {
        left.div_rem(&(right << shift.unsigned_abs()))
    };
    let mut quotient = quotient.to_u64()?;
    let bits = i64::from(u64::BITS - quotient.leading_zeros());
    let extra = bits.max(MIN_EXPONENT - shift) - MANTISSA_BITS;
    // Round half to even at the last bit that is kept.
    let half = 1u64 << (extra - 1);
    let low = quotient | u64::from(!rest.is_zero());
    if low & half != 0 && low & (3 * half - 1) != 0 {
        quotient += half;
    }
    quotient &= !(2 * half - 1);
    let size = scale(quotient as f64, shift);
    size.is_finite().then(|| sign(size))
}

/// `value * 2**exponent`, which must be exact; in two steps, as the factor alone may be too small.
fn scale(value: f64, exponent: i64) -> f64 {
    let power = |exponent: i64| f64::from_bits(((exponent + 1023) as u64) << 52);
    let half = exponent / 2;
    value * power(half) * power(exponent - half)
}
