//! Division of ints: floor division, remainder, true division, rounding to powers of ten.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::Zero;

use super::{Int, IntRef, NumberError, Result};
use crate::machine::number::scale;

impl IntRef<'_> {
    /// `divmod(self, other)`: the quotient is rounded down, the remainder has the divisor's sign.
    pub fn divmod(self, other: IntRef<'_>) -> Result<(Int, Int)> {
        if other.is_zero() {
            return Err(NumberError::ZERO_DIVISION);
        }
        if let (IntRef::Small(left), IntRef::Small(right)) = (self, other)
            && let Some(quotient) = left.checked_div(right)
        {
            let remainder = left % right;
            return Ok(if remainder != 0 && (remainder < 0) != (right < 0) {
                (Int::Small(quotient - 1), Int::Small(remainder + right))
            } else {
                (Int::Small(quotient), Int::Small(remainder))
            });
        }
        let (quotient, remainder) = self.big().div_mod_floor(&other.big());
        Ok((Int::from(quotient), Int::from(remainder)))
    }

    /// `self // other`.
    pub fn floordiv(self, other: IntRef<'_>) -> Result<Int> {
        self.divmod(other).map(|(quotient, _)| quotient)
    }

    /// `self % other`.
    pub fn modulo(self, other: IntRef<'_>) -> Result<Int> {
        self.divmod(other).map(|(_, remainder)| remainder)
    }

    /// `self / other`, rounded once.
    pub fn truediv(self, other: IntRef<'_>) -> Result<f64> {
        const EXACT: u64 = 1 << 53;
        if other.is_zero() {
            return Err(NumberError::ZERO_DIVISION);
        }
        if let (IntRef::Small(left), IntRef::Small(right)) = (self, other)
            && left.unsigned_abs() <= EXACT
            && right.unsigned_abs() <= EXACT
        {
            return Ok(left as f64 / right as f64);
        }
        let negative = (self.signum() < 0) != (other.signum() < 0);
        let (left, right) = (self.big(), other.big());
        // The quotient gets 63 or 64 bits; whether anything is left over then only decides a tie.
        let shift = left.bits() as i64 - right.bits() as i64 - 63;
        if shift > 1024 {
            return Err(QUOTIENT_TOO_LARGE);
        }
        if shift < -1200 {
            return Ok(if negative { -0.0 } else { 0.0 });
        }
        let (mut dividend, mut divisor) = (left.magnitude().clone(), right.magnitude().clone());
        if shift < 0 {
            dividend <<= -shift;
        } else {
            divisor <<= shift;
        }
        let (quotient, rest) = dividend.div_rem(&divisor);
        let mantissa = quotient.iter_u64_digits().next().unwrap_or(0);
        let nearest = scale::scale(mantissa, !rest.is_zero(), shift).ok_or(QUOTIENT_TOO_LARGE)?;
        Ok(if negative { -nearest } else { nearest })
    }

    /// `round(self, -places)`: to a multiple of `10**places`, ties to an even one.
    pub fn round_to_power_of_ten(self, places: u64) -> Result<Int> {
        // A power of ten with a digit more than the int is more than twice as great.
        if places > self.bit_length() / 3 + 1 {
            return Ok(Int::Small(0));
        }
        let power = BigInt::from(10).pow(places as u32);
        let (quotient, remainder) = self.big().div_mod_floor(&power);
        let up = match (&remainder * 2_u32).cmp(&power) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Equal => quotient.is_odd(),
            std::cmp::Ordering::Greater => true,
        };
        let lower = self.big().as_ref() - remainder;
        Int::from(if up { lower + power } else { lower }).bounded()
    }
}

const QUOTIENT_TOO_LARGE: NumberError = NumberError::new(
    crate::machine::number::ErrorKind::Overflow,
    "integer division result too large for a float",
);
