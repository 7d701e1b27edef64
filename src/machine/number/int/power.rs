//! Powers of ints, with and without a modulus.

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

use super::{Int, IntRef, MAX_BITS, NumberError, Result};
use crate::machine::number::float;

/// What `int ** int` gives: a float where the exponent is negative.
#[derive(Clone, Debug, PartialEq)]
pub enum Power {
    /// The exponent was not negative.
    Int(Int),
    /// The exponent was negative.
    Float(f64),
}

impl IntRef<'_> {
    /// `self ** exponent`.
    pub fn pow(self, exponent: IntRef<'_>) -> Result<Power> {
        if exponent.signum() < 0 {
            if self.is_zero() {
                return Err(NumberError::ZERO_TO_NEGATIVE);
            }
            return float::real_pow(self.to_float()?, exponent.to_float()?).map(Power::Float);
        }
        self.natural_pow(exponent).map(Power::Int)
    }

    /// `self ** exponent` for an exponent that is not negative.
    fn natural_pow(self, exponent: IntRef<'_>) -> Result<Int> {
        if exponent.is_zero() {
            return Ok(Int::Small(1));
        }
        match self {
            IntRef::Small(value @ (0 | 1)) => return Ok(Int::Small(value)),
            IntRef::Small(-1) => {
                let odd = exponent.and(IntRef::Small(1)) == Int::Small(1);
                return Ok(Int::Small(if odd { -1 } else { 1 }));
            }
            IntRef::Small(_) | IntRef::Big(_) => {}
        }
        let exponent = exponent.small().and_then(|exponent| u32::try_from(exponent).ok());
        let exponent = exponent.ok_or(NumberError::MEMORY)?;
        if let IntRef::Small(base) = self
            && let Some(power) = base.checked_pow(exponent)
        {
            return Ok(Int::Small(power));
        }
        // The power has at least this many bits.
        if (self.bit_length() - 1).saturating_mul(exponent.into()) >= MAX_BITS {
            return Err(NumberError::MEMORY);
        }
        Int::from(self.big().pow(exponent)).bounded()
    }

    /// `pow(self, exponent, modulus)`.
    pub fn pow_mod(self, exponent: IntRef<'_>, modulus: IntRef<'_>) -> Result<Int> {
        if modulus.is_zero() {
            return Err(NumberError::value("pow() 3rd argument cannot be 0"));
        }
        let divisor = BigInt::from_biguint(Sign::Plus, modulus.big().magnitude().clone());
        if divisor.is_one() {
            return Ok(Int::Small(0));
        }
        let mut base = self.big().mod_floor(&divisor);
        let mut exponent = exponent.big();
        if exponent.sign() == Sign::Minus {
            base = base
                .modinv(&divisor)
                .ok_or_else(|| NumberError::value("base is not invertible for the given modulus"))?;
            exponent = std::borrow::Cow::Owned(-exponent.as_ref());
        }
        let power = match (base.to_u64(), exponent.to_u64(), divisor.to_u64()) {
            (Some(base), Some(exponent), Some(divisor)) => small_pow_mod(base, exponent, divisor).into(),
            _ => base.modpow(&exponent, &divisor),
        };
        let below_zero = modulus.signum() < 0 && !power.is_zero();
        Ok(Int::from(if below_zero { power - divisor } else { power }))
    }
}

/// `base ** exponent % modulus` where all fit.
fn small_pow_mod(base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let modulus = u128::from(modulus);
    let (mut power, mut square) = (1 % modulus, u128::from(base) % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = power * square % modulus;
        }
        square = square * square % modulus;
        exponent >>= 1;
    }
    power as u64
}
