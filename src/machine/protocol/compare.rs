//! Comparison and hashing.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::value::Value;

/// A comparison, in the order of `COMPARE_OP`'s argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

impl Comparison {
    const ALL: [Self; 6] = [Self::Lt, Self::Le, Self::Eq, Self::Ne, Self::Gt, Self::Ge];

    /// The comparison with this number in `COMPARE_OP`'s argument.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }
}

impl Machine {
    /// `left comparison right`: any object, as `__eq__` and its kin may return any.
    pub fn compare(&mut self, _comparison: Comparison, _left: Value, _right: Value) -> Eval {
        Err(self.unsupported("comparisons"))
    }

    /// The hash of a value as far as it needs no Python code: `None` where it does, an error where the
    /// value has none.
    pub fn hash(&mut self, _value: Value) -> Eval {
        Err(self.unsupported("hash"))
    }
}
