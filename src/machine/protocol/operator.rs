//! Operators and truth.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::value::Value;

/// A binary operator, in the order of `BINARY_OP`'s argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// `+`
    Add,
    /// `&`
    And,
    /// `//`
    FloorDivide,
    /// `<<`
    LeftShift,
    /// `@`
    MatrixMultiply,
    /// `*`
    Multiply,
    /// `%`
    Remainder,
    /// `|`
    Or,
    /// `**`
    Power,
    /// `>>`
    RightShift,
    /// `-`
    Subtract,
    /// `/`
    TrueDivide,
    /// `^`
    Xor,
}

impl Binary {
    const ALL: [Self; 13] = [
        Self::Add,
        Self::And,
        Self::FloorDivide,
        Self::LeftShift,
        Self::MatrixMultiply,
        Self::Multiply,
        Self::Remainder,
        Self::Or,
        Self::Power,
        Self::RightShift,
        Self::Subtract,
        Self::TrueDivide,
        Self::Xor,
    ];

    /// The operator of a `BINARY_OP` argument below 13.
    pub fn from_number(number: u32) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }
}

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    /// `-x`
    Negative,
    /// `+x`
    Positive,
    /// `~x`
    Invert,
}

impl Machine {
    /// `left operator right`, or `left operator= right`.
    pub fn binary(&mut self, _operator: Binary, _in_place: bool, _left: Value, _right: Value) -> Eval {
        Err(self.unsupported("operators"))
    }

    /// `operator value`.
    pub fn unary(&mut self, _operator: Unary, _value: Value) -> Eval {
        Err(self.unsupported("operators"))
    }

    /// `bool(value)`.
    pub fn truth(&mut self, _value: Value) -> Eval {
        Err(self.unsupported("truth"))
    }
}
