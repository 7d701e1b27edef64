//! The number an `int` stands for: 64 bits where they do, any size where they do not.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::ToPrimitive;

/// An integer without bounds.
///
/// What must hold: a number that fits 64 bits is always `Small`, so that two equal numbers are alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Int {
    /// It fits.
    Small(i64),
    /// It does not.
    Big(BigInt),
}

impl Int {
    /// Zero.
    pub const ZERO: Self = Self::Small(0);
    /// One.
    pub const ONE: Self = Self::Small(1);

    /// The number, if it fits.
    pub const fn small(&self) -> Option<i64> {
        match self {
            Self::Small(value) => Some(*value),
            Self::Big(_) => None,
        }
    }

    /// The number as one without bounds.
    pub fn big(&self) -> Cow<'_, BigInt> {
        match self {
            Self::Small(value) => Cow::Owned((*value).into()),
            Self::Big(value) => Cow::Borrowed(value),
        }
    }

    /// The nearest number that fits, as CPython cuts the bounds of a slice to size.
    pub fn saturated(&self) -> i64 {
        match self {
            Self::Small(value) => *value,
            Self::Big(_) if self.is_negative() => i64::MIN,
            Self::Big(_) => i64::MAX,
        }
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        match self {
            Self::Small(value) => *value < 0,
            Self::Big(value) => value.sign() == Sign::Minus,
        }
    }

    /// Whether it is zero.
    pub const fn is_zero(&self) -> bool {
        matches!(self, Self::Small(0))
    }

    /// `self // divisor` and `self % divisor`: rounded down, so that the remainder has the sign of the
    /// divisor.  `None` for division by zero.
    pub fn div_mod(&self, divisor: &Self) -> Option<(Self, Self)> {
        if divisor.is_zero() {
            return None;
        }
        if let (Self::Small(a), Self::Small(b)) = (self, divisor)
            // The least number divided by −1 does not fit.
            && *b != -1
        {
            let (quotient, remainder) = a.div_mod_floor(b);
            return Some((Self::Small(quotient), Self::Small(remainder)));
        }
        let (quotient, remainder) = self.big().div_mod_floor(&divisor.big());
        Some((quotient.into(), remainder.into()))
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
        (value as u64).into()
    }
}

impl From<BigInt> for Int {
    fn from(value: BigInt) -> Self {
        match value.to_i64() {
            Some(small) => Self::Small(small),
            None => Self::Big(value),
        }
    }
}

impl PartialOrd for Int {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Int {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Small(a), Self::Small(b)) => a.cmp(b),
            _ => self.big().cmp(&other.big()),
        }
    }
}

macro_rules! operators {
    ($($operator:ident $method:ident $checked:ident;)*) => {$(
        impl $operator for &Int {
            type Output = Int;

            fn $method(self, other: Self) -> Int {
                if let (Int::Small(a), Int::Small(b)) = (self, other)
                    && let Some(result) = a.$checked(*b)
                {
                    return Int::Small(result);
                }
                $operator::$method(&*self.big(), &*other.big()).into()
            }
        }
    )*};
}

operators! {
    Add add checked_add;
    Sub sub checked_sub;
    Mul mul checked_mul;
}

impl Neg for &Int {
    type Output = Int;

    fn neg(self) -> Int {
        &Int::ZERO - self
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Small(value) => value.fmt(f),
            Self::Big(value) => value.fmt(f),
        }
    }
}
