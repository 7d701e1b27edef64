//! Python's `int`: as an `i64` where it fits, with a bound on its size where it does not.
//!
//! The form is canonical: an int is big only outside the range of `i64`.  Operations take views
//! ([`IntRef`]), so that an int that lives somewhere is not copied to compute with it.

mod divide;
mod encode;
mod float;
mod operators;
mod power;
mod text;

use std::borrow::Cow;
use std::cmp::Ordering;

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

use super::{NumberError, Result};

pub use encode::ByteOrder;
pub use power::Power;
pub use text::{DEFAULT_DIGIT_LIMIT, MIN_DIGIT_LIMIT, bad_literal, parse, parse_bytes};

/// The most bits an int may have: a program that asks for more gets a MemoryError.
pub const MAX_BITS: u64 = 1 << 27;

/// An int.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Int {
    /// Within the range of `i64`.
    Small(i64),
    /// Outside of it.
    Big(BigInt),
}

/// An int that lives elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IntRef<'a> {
    /// Within the range of `i64`.
    Small(i64),
    /// Any other; one within the range is taken as well, but does not compare equal to a small one.
    Big(&'a BigInt),
}

impl Int {
    /// Zero.
    pub const ZERO: Self = Self::Small(0);
    /// One.
    pub const ONE: Self = Self::Small(1);

    /// Whether it is zero.
    pub const fn is_zero(&self) -> bool {
        matches!(self, Self::Small(0))
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.view().signum() < 0
    }

    /// The nearest int within the range of `i64`, as CPython cuts the bounds of a slice to size.
    pub fn saturated(&self) -> i64 {
        match self {
            Self::Small(value) => *value,
            Self::Big(_) if self.is_negative() => i64::MIN,
            Self::Big(_) => i64::MAX,
        }
    }

    /// `divmod(self, divisor)`; nothing where the divisor is zero.
    pub fn div_mod(&self, divisor: &Self) -> Option<(Self, Self)> {
        self.view().divmod(divisor.view()).ok()
    }

    /// A view of this int.
    pub const fn view(&self) -> IntRef<'_> {
        match self {
            Self::Small(value) => IntRef::Small(*value),
            Self::Big(value) => IntRef::Big(value),
        }
    }

    /// The value as a [`BigInt`].
    pub fn into_big(self) -> BigInt {
        match self {
            Self::Small(value) => value.into(),
            Self::Big(value) => value,
        }
    }

    /// The value, where it is within the range of `i64`.
    pub const fn small(&self) -> Option<i64> {
        match self {
            Self::Small(value) => Some(*value),
            Self::Big(_) => None,
        }
    }

    /// The int, where it is within [`MAX_BITS`].
    fn bounded(self) -> Result<Self> {
        match &self {
            Self::Big(value) if value.bits() > MAX_BITS => Err(NumberError::MEMORY),
            Self::Small(_) | Self::Big(_) => Ok(self),
        }
    }
}

impl From<i64> for Int {
    fn from(value: i64) -> Self {
        Self::Small(value)
    }
}

impl From<u64> for Int {
    fn from(value: u64) -> Self {
        i64::try_from(value).map_or_else(|_| Self::Big(value.into()), Self::Small)
    }
}

impl From<usize> for Int {
    fn from(value: usize) -> Self {
        i64::try_from(value).map_or_else(|_| Self::Big(value.into()), Self::Small)
    }
}

impl From<i128> for Int {
    fn from(value: i128) -> Self {
        i64::try_from(value).map_or_else(|_| Self::Big(value.into()), Self::Small)
    }
}

impl From<BigInt> for Int {
    fn from(value: BigInt) -> Self {
        value.to_i64().map_or_else(|| Self::Big(value), Self::Small)
    }
}

impl From<bool> for Int {
    fn from(value: bool) -> Self {
        Self::Small(value.into())
    }
}

impl Ord for Int {
    fn cmp(&self, other: &Self) -> Ordering {
        self.view().compare(other.view())
    }
}

impl PartialOrd for Int {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> IntRef<'a> {
    /// An int of one's own.
    pub fn to_int(self) -> Int {
        match self {
            Self::Small(value) => Int::Small(value),
            Self::Big(value) => Int::from(value.clone()),
        }
    }

    /// The value as a [`BigInt`], copied only where it is small.
    pub(super) fn big(self) -> Cow<'a, BigInt> {
        match self {
            Self::Small(value) => Cow::Owned(value.into()),
            Self::Big(value) => Cow::Borrowed(value),
        }
    }

    /// The value, where it is within the range of `i64`.
    pub fn small(self) -> Option<i64> {
        match self {
            Self::Small(value) => Some(value),
            Self::Big(value) => value.to_i64(),
        }
    }

    /// Whether it is zero.
    pub fn is_zero(self) -> bool {
        self.signum() == 0
    }

    /// -1, 0 or 1.
    pub fn signum(self) -> i64 {
        match self {
            Self::Small(value) => value.signum(),
            Self::Big(value) => match value.sign() {
                Sign::Minus => -1,
                Sign::NoSign => 0,
                Sign::Plus => 1,
            },
        }
    }

    /// Which of two ints is greater.
    pub fn compare(self, other: IntRef<'_>) -> Ordering {
        match (self, other) {
            (Self::Small(left), IntRef::Small(right)) => left.cmp(&right),
            (Self::Big(left), IntRef::Big(right)) => left.cmp(right),
            (left, right) => left.big().as_ref().cmp(right.big().as_ref()),
        }
    }

    /// `self + other`.
    pub fn add(self, other: IntRef<'_>) -> Result<Int> {
        if let (Self::Small(left), IntRef::Small(right)) = (self, other) {
            return Ok(Int::from(i128::from(left) + i128::from(right)));
        }
        Int::from(self.big().as_ref() + other.big().as_ref()).bounded()
    }

    /// `self - other`.
    pub fn sub(self, other: IntRef<'_>) -> Result<Int> {
        if let (Self::Small(left), IntRef::Small(right)) = (self, other) {
            return Ok(Int::from(i128::from(left) - i128::from(right)));
        }
        Int::from(self.big().as_ref() - other.big().as_ref()).bounded()
    }

    /// `self * other`.
    pub fn mul(self, other: IntRef<'_>) -> Result<Int> {
        if let (Self::Small(left), IntRef::Small(right)) = (self, other) {
            return Ok(Int::from(i128::from(left) * i128::from(right)));
        }
        if self.bit_length() + other.bit_length() > MAX_BITS + 1 {
            return Err(NumberError::MEMORY);
        }
        Int::from(self.big().as_ref() * other.big().as_ref()).bounded()
    }

    /// `-self`.
    pub fn neg(self) -> Int {
        match self {
            Self::Small(value) => Int::from(-i128::from(value)),
            Self::Big(value) => Int::from(-value),
        }
    }

    /// `abs(self)`.
    pub fn abs(self) -> Int {
        if self.signum() < 0 { self.neg() } else { self.to_int() }
    }

    /// `~self`.
    pub fn invert(self) -> Int {
        match self {
            Self::Small(value) => Int::Small(!value),
            Self::Big(value) => Int::from(!value),
        }
    }

    /// `self & other`.
    pub fn and(self, other: IntRef<'_>) -> Int {
        if let (Self::Small(left), IntRef::Small(right)) = (self, other) {
            return Int::Small(left & right);
        }
        Int::from(self.big().as_ref() & other.big().as_ref())
    }

    /// `self | other`.
    pub fn or(self, other: IntRef<'_>) -> Int {
        if let (Self::Small(left), IntRef::Small(right)) = (self, other) {
            return Int::Small(left | right);
        }
        Int::from(self.big().as_ref() | other.big().as_ref())
    }

    /// `self ^ other`.
    pub fn xor(self, other: IntRef<'_>) -> Int {
        if let (Self::Small(left), IntRef::Small(right)) = (self, other) {
            return Int::Small(left ^ right);
        }
        Int::from(self.big().as_ref() ^ other.big().as_ref())
    }

    /// `self << count`.
    pub fn shl(self, count: IntRef<'_>) -> Result<Int> {
        if count.signum() < 0 {
            return Err(NEGATIVE_SHIFT);
        }
        if self.is_zero() {
            return Ok(Int::Small(0));
        }
        let Some(count) = count.small().map(i64::unsigned_abs) else {
            return Err(NumberError::overflow("too many digits in integer"));
        };
        if count.saturating_add(self.bit_length()) > MAX_BITS {
            return Err(NumberError::MEMORY);
        }
        match self {
            Self::Small(value) if count < 64 => Ok(Int::from(i128::from(value) << count)),
            Self::Small(_) | Self::Big(_) => Ok(Int::from(self.big().as_ref() << count)),
        }
    }

    /// `self >> count`, rounding down.
    pub fn shr(self, count: IntRef<'_>) -> Result<Int> {
        if count.signum() < 0 {
            return Err(NEGATIVE_SHIFT);
        }
        let all_out = Int::Small(if self.signum() < 0 { -1 } else { 0 });
        let Some(count) = count.small().map(i64::unsigned_abs) else { return Ok(all_out) };
        Ok(match self {
            _ if count > self.bit_length() => all_out,
            Self::Small(value) => Int::Small(value.checked_shr(count as u32).unwrap_or(value >> 63)),
            Self::Big(value) => Int::from(value >> count),
        })
    }

    /// `int.bit_length`.
    pub fn bit_length(self) -> u64 {
        match self {
            Self::Small(value) => 64 - u64::from(value.unsigned_abs().leading_zeros()),
            Self::Big(value) => value.bits(),
        }
    }

    /// `int.bit_count`: ones in the absolute value.
    pub fn bit_count(self) -> u64 {
        match self {
            Self::Small(value) => value.unsigned_abs().count_ones().into(),
            Self::Big(value) => value.magnitude().count_ones(),
        }
    }
}

const NEGATIVE_SHIFT: NumberError = NumberError::new(super::ErrorKind::Value, "negative shift count");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_canonical() {
        let max = Int::Small(i64::MAX);
        let more = max.view().add(IntRef::Small(1)).unwrap();
        assert!(matches!(more, Int::Big(_)));
        assert_eq!(more.view().sub(IntRef::Small(1)).unwrap(), max);
        assert_eq!(more.view().neg(), Int::Small(i64::MIN));
        assert_eq!(Int::Small(i64::MIN).view().abs(), more);
        assert_eq!(more.view().and(IntRef::Small(-1)), more);
        assert_eq!(Int::Small(1).view().shl(IntRef::Small(63)).unwrap(), more);
        assert_eq!(more.view().shr(IntRef::Small(63)).unwrap(), Int::Small(1));
        assert_eq!(more.view().neg().view().shr(IntRef::Small(64)).unwrap(), Int::Small(-1));
    }

    #[test]
    fn absurd_sizes_are_refused() {
        let huge = Int::Small(1).view().shl(IntRef::Small(MAX_BITS as i64 - 1)).unwrap();
        assert_eq!(huge.view().bit_length(), MAX_BITS);
        assert_eq!(huge.view().mul(huge.view()), Err(NumberError::MEMORY));
        assert_eq!(huge.view().add(huge.view()), Err(NumberError::MEMORY));
        assert_eq!(huge.view().shl(IntRef::Small(1)), Err(NumberError::MEMORY));
        assert_eq!(huge.view().mul(IntRef::Small(1)).unwrap(), huge);
        assert_eq!(Int::Small(1).view().shl(huge.view()).unwrap_err().message, "too many digits in integer");
        assert_eq!(Int::Small(-5).view().shr(huge.view()).unwrap(), Int::Small(-1));
    }
}
