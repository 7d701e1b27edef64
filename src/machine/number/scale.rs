//! One rounding from an exact binary number to the nearest float, ties to even.

use num_bigint::BigUint;

/// The float nearest to `mantissa * 2**exponent`, or nothing where that is beyond the greatest float.
///
/// `sticky` says that the exact number is a little greater, by less than one in `mantissa`'s last place.
/// Then `mantissa` has to have at least 55 bits, so that the last bits only decide the rounding.
pub fn scale(mantissa: u64, sticky: bool, exponent: i64) -> Option<f64> {
    if mantissa == 0 {
        return Some(0.0);
    }
    let top = exponent.saturating_add(63 - i64::from(mantissa.leading_zeros()));
    if top > 1023 {
        return None;
    }
    // The place of the result's last bit: 52 below the first one, or that of the least float there is.
    let last = (top - 52).max(-1074);
    let shift = last - exponent;
    let significand = if shift <= 0 {
        mantissa << -shift
    } else if shift > 64 {
        0
    } else {
        let kept = mantissa.checked_shr(shift as u32).unwrap_or(0);
        let half = 1_u64 << (shift - 1);
        let rest = mantissa & (half | (half - 1));
        let up = rest > half || rest == half && (sticky || kept & 1 == 1);
        kept + u64::from(up)
    };
    // A significand that was rounded up to the next power of two carries into the exponent by itself.
    let float = f64::from_bits((((last + 1074) as u64) << 52) + significand);
    float.is_finite().then_some(float)
}

/// The first 64 bits of `number`, whether bits were lost, and the exponent of the last bit kept.
pub fn top_bits(number: &BigUint) -> (u64, bool, i64) {
    let bits = number.bits();
    if bits <= 64 {
        return (number.iter_u64_digits().next().unwrap_or(0), false, 0);
    }
    let shift = bits - 64;
    let top = (number >> shift).iter_u64_digits().next().unwrap_or(0);
    let sticky = number.trailing_zeros().is_some_and(|zeros| zeros < shift);
    (top, sticky, shift as i64)
}

/// The float nearest to `number`, or nothing where that is beyond the greatest float.
pub fn nearest(number: &BigUint) -> Option<f64> {
    let (mantissa, sticky, exponent) = top_bits(number);
    scale(mantissa, sticky, exponent)
}

/// A number of more than 64 bits, divided by the power of two that makes it at least a half and at most one.
pub fn fraction(number: &BigUint) -> f64 {
    let (mantissa, sticky, _) = top_bits(number);
    scale(mantissa, sticky, -64).unwrap_or(1.0)
}

/// A finite float as `mantissa * 2**exponent`, its sign left out.
pub fn parts(value: f64) -> (u64, i32) {
    let bits = value.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    match (bits >> 52 & 0x7FF) as i32 {
        0 => (fraction, -1074),
        biased => (fraction | 1 << 52, biased - 1075),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_once_and_to_even() {
        assert_eq!(scale(1, false, 0), Some(1.0));
        assert_eq!(scale(u64::MAX, false, 0), Some(18_446_744_073_709_551_616.0));
        assert_eq!(scale((1 << 53) + 1, false, 0), Some(9_007_199_254_740_992.0));
        assert_eq!(scale((1 << 54) + 2, true, 0), Some(18_014_398_509_481_988.0));
        assert_eq!(scale(1, false, -1074), Some(5e-324));
        assert_eq!(scale(1, false, -1075), Some(0.0));
        assert_eq!(scale(3, false, -1076), Some(5e-324));
        assert_eq!(scale(1 << 63, false, -1140), Some(0.0));
        assert_eq!(scale(1 << 63, true, -1138), Some(5e-324));
        assert_eq!(scale(u64::MAX, false, 960), None);
        assert_eq!(scale(u64::MAX << 11, false, 960), Some(f64::MAX));
        assert_eq!(scale(1, false, i64::MAX), None);
    }

    #[test]
    fn parts_go_back_together() {
        for value in [0.0, 5e-324, 2.2e-308, 1.0, 0.1, 1e22, f64::MAX] {
            let (mantissa, exponent) = parts(value);
            assert_eq!(scale(mantissa, false, exponent.into()), Some(value));
        }
    }
}
