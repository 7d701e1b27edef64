//! What an operator makes of constant operands; nothing where Python would raise, and nothing where
//! the result would be too large to keep.

use num_bigint::BigInt;
use num_traits::Signed;

use super::float::Power;
use super::{complex, float, integer, is_true, sequence};
use crate::code::{Const, Opcode};

/// The operators of `BINARY_OP`, by their numbers there.
mod number {
    pub(super) const ADD: u32 = 0;
    pub(super) const AND: u32 = 1;
    pub(super) const FLOOR_DIVIDE: u32 = 2;
    pub(super) const LSHIFT: u32 = 3;
    pub(super) const MULTIPLY: u32 = 5;
    pub(super) const REMAINDER: u32 = 6;
    pub(super) const OR: u32 = 7;
    pub(super) const POWER: u32 = 8;
    pub(super) const RSHIFT: u32 = 9;
    pub(super) const SUBTRACT: u32 = 10;
    pub(super) const TRUE_DIVIDE: u32 = 11;
    pub(super) const XOR: u32 = 12;
    pub(super) const SUBSCRIPT: u32 = 26;
}

/// A number; a bool counts as an int.
enum Number {
    Int(BigInt),
    Float(f64),
    Complex(f64, f64),
}

impl Number {
    fn of(constant: &Const) -> Option<Self> {
        match constant {
            Const::Bool(value) => Some(Self::Int(u8::from(*value).into())),
            Const::Int(int) => Some(Self::Int(int.clone())),
            Const::Float(value) => Some(Self::Float(*value)),
            Const::Complex(real, imaginary) => Some(Self::Complex(*real, *imaginary)),
            _ => None,
        }
    }

    /// As a float; `None` for a complex number, or an int that is too large.
    fn as_float(&self) -> Option<f64> {
        match self {
            Self::Int(int) => integer::to_float(int),
            Self::Float(value) => Some(*value),
            Self::Complex(..) => None,
        }
    }

    fn as_complex(&self) -> Option<complex::Complex> {
        match self {
            Self::Complex(real, imaginary) => Some((*real, *imaginary)),
            Self::Int(_) | Self::Float(_) => Some((self.as_float()?, 0.0)),
        }
    }
}

/// `operand` under a unary operator; `CALL_INTRINSIC_1` stands for `+`.
pub(in crate::compile) fn unary(opcode: Opcode, operand: &Const) -> Option<Const> {
    if opcode == Opcode::UNARY_NOT {
        return Some(Const::Bool(!is_true(operand)));
    }
    if opcode == Opcode::UNARY_INVERT && matches!(operand, Const::Bool(_)) {
        // Deprecated: the warning is to come when the code runs.
        return None;
    }
    let operand = Number::of(operand)?;
    match (opcode, operand) {
        (Opcode::UNARY_NEGATIVE, Number::Int(int)) => Some(Const::Int(-int)),
        (Opcode::UNARY_NEGATIVE, Number::Float(value)) => Some(Const::Float(-value)),
        (Opcode::UNARY_NEGATIVE, Number::Complex(real, imaginary)) => Some(Const::Complex(-real, -imaginary)),
        (Opcode::UNARY_INVERT, Number::Int(int)) => Some(Const::Int(!int)),
        (Opcode::CALL_INTRINSIC_1, Number::Int(int)) => Some(Const::Int(int)),
        (Opcode::CALL_INTRINSIC_1, Number::Float(value)) => Some(Const::Float(value)),
        (Opcode::CALL_INTRINSIC_1, Number::Complex(real, imaginary)) => Some(Const::Complex(real, imaginary)),
        _ => None,
    }
}

/// `left` and `right` under an operator of `BINARY_OP`.
pub(in crate::compile) fn binary(operator: u32, left: &Const, right: &Const) -> Option<Const> {
    if operator == number::SUBSCRIPT {
        return sequence::subscript(left, right);
    }
    if let (Const::Bool(left), Const::Bool(right)) = (left, right) {
        match operator {
            number::AND => return Some(Const::Bool(left & right)),
            number::OR => return Some(Const::Bool(left | right)),
            number::XOR => return Some(Const::Bool(left ^ right)),
            _ => {}
        }
    }
    match (Number::of(left), Number::of(right)) {
        (Some(Number::Int(left)), Some(Number::Int(right))) => binary_int(operator, &left, &right),
        (Some(left), Some(right)) => match (left.as_float(), right.as_float()) {
            (Some(left), Some(right)) => binary_float(operator, left, right),
            _ => binary_complex(operator, &left, &right),
        },
        (Some(Number::Int(count)), None) if operator == number::MULTIPLY => sequence::repeat(right, &count),
        (None, Some(Number::Int(count))) if operator == number::MULTIPLY => sequence::repeat(left, &count),
        (None, None) if operator == number::ADD => sequence::concatenate(left, right),
        _ => None,
    }
}

fn binary_int(operator: u32, left: &BigInt, right: &BigInt) -> Option<Const> {
    let result = match operator {
        number::ADD => Some(left + right),
        number::SUBTRACT => Some(left - right),
        number::MULTIPLY => integer::multiply(left, right),
        number::FLOOR_DIVIDE => integer::floor_divide(left, right),
        number::REMAINDER => integer::remainder(left, right),
        number::LSHIFT => integer::shift_left(left, right),
        number::RSHIFT => integer::shift_right(left, right),
        number::AND => Some(left & right),
        number::OR => Some(left | right),
        number::XOR => Some(left ^ right),
        number::TRUE_DIVIDE => return integer::true_divide(left, right).map(Const::Float),
        number::POWER if right.is_negative() => {
            return binary_float(operator, integer::to_float(left)?, integer::to_float(right)?);
        }
        number::POWER => integer::power(left, right),
        _ => None,
    };
    result.map(Const::Int)
}

fn binary_float(operator: u32, left: f64, right: f64) -> Option<Const> {
    let result = match operator {
        number::ADD => Some(left + right),
        number::SUBTRACT => Some(left - right),
        number::MULTIPLY => Some(left * right),
        number::TRUE_DIVIDE => (right != 0.0).then(|| left / right),
        number::FLOOR_DIVIDE => float::floor_divide(left, right),
        number::REMAINDER => float::remainder(left, right),
        number::POWER => match float::power(left, right) {
            Power::Real(result) => Some(result),
            Power::Complex => {
                let (real, imaginary) = complex::power((left, 0.0), (right, 0.0))?;
                return Some(Const::Complex(real, imaginary));
            }
            Power::Error => None,
        },
        _ => None,
    };
    result.map(Const::Float)
}

/// At least one operand is complex; a real one is not made complex first, which would lose the sign
/// of a zero.
fn binary_complex(operator: u32, left: &Number, right: &Number) -> Option<Const> {
    let ((a, b), (c, d)) = (left.as_complex()?, right.as_complex()?);
    let (left_real, right_real) = (left.as_float(), right.as_float());
    let (real, imaginary) = match operator {
        number::ADD => match (left_real, right_real) {
            (Some(_), _) => (a + c, d),
            (_, Some(_)) => (a + c, b),
            _ => (a + c, b + d),
        },
        number::SUBTRACT => match (left_real, right_real) {
            (Some(_), _) => (a - c, -d),
            (_, Some(_)) => (a - c, b),
            _ => (a - c, b - d),
        },
        number::MULTIPLY => match (left_real, right_real) {
            (Some(factor), _) => (c * factor, d * factor),
            (_, Some(factor)) => (a * factor, b * factor),
            _ => complex::multiply((a, b), (c, d)),
        },
        number::TRUE_DIVIDE => match (left_real, right_real) {
            (Some(left), _) => complex::divide_real(left, (c, d))?,
            (_, Some(right)) => {
                if right == 0.0 {
                    return None;
                }
                (a / right, b / right)
            }
            _ => complex::divide((a, b), (c, d))?,
        },
        number::POWER => complex::power((a, b), (c, d))?,
        _ => return None,
    };
    Some(Const::Complex(real, imaginary))
}
