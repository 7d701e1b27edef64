//! Rust's operators on ints, for the machine's own arithmetic on ranges and slices.
//!
//! They have no bound: what they are used for adds and scales a few ints that the program already has.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use super::Int;

macro_rules! operators {
    ($($operator:ident $method:ident $checked:ident;)*) => {$(
        impl $operator for &Int {
            type Output = Int;

            fn $method(self, other: Self) -> Int {
                if let (Int::Small(left), Int::Small(right)) = (self, other)
                    && let Some(result) = left.$checked(*right)
                {
                    return Int::Small(result);
                }
                $operator::$method(self.view().big().as_ref(), other.view().big().as_ref()).into()
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
        self.view().neg()
    }
}

impl fmt::Display for Int {
    /// All digits, however many.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Small(value) => value.fmt(out),
            Self::Big(value) => value.fmt(out),
        }
    }
}
