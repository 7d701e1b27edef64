//! Numbers among values: what they are, and what the operators of `int`, `bool`, `float` and `complex`
//! make of them.

use std::borrow::Cow;

use num_bigint::BigInt;

use super::super::Machine;
use super::super::heap::Heap;
use super::super::number::int::Power;
use super::super::number::{Complex, ErrorKind, Int, IntRef, NumberError, complex, float};
use super::super::object::{Payload, Real, types};
use super::super::raise::Raise;
use super::super::value::{Kind, Value};
use super::compare::Comparison;
use super::operator::{Binary, Unary};

/// A number taken out of its object; instances of subclasses count as what they derive from.
#[derive(Clone, Copy, Debug)]
pub enum Number<'a> {
    /// An int or bool.
    Int(IntRef<'a>),
    /// A float.
    Float(f64),
    /// A complex number.
    Complex(Complex),
}

impl Heap {
    /// The number that a value is, if it is one.
    #[inline]
    pub fn number(&self, value: Value) -> Option<Number<'_>> {
        Some(match value.kind() {
            Kind::Int(value) => Number::Int(IntRef::Small(value)),
            Kind::Bool(value) => Number::Int(IntRef::Small(value.into())),
            Kind::Float(value) => Number::Float(value),
            Kind::Object(handle) => match self.payload(handle) {
                Payload::Int(value) => Number::Int(view(value)),
                Payload::Float(value) => Number::Float(value.0),
                Payload::Complex(real, imag) => Number::Complex(Complex { real: real.0, imag: imag.0 }),
                _ => return None,
            },
            Kind::None | Kind::NotImplemented | Kind::Ellipsis => return None,
        })
    }

    /// The int that a value is, if it is one (or a bool).
    pub fn int_ref(&self, value: Value) -> Option<IntRef<'_>> {
        match self.number(value)? {
            Number::Int(value) => Some(value),
            Number::Float(_) | Number::Complex(_) => None,
        }
    }

    /// A value for an int of any size.
    pub fn new_int(&mut self, value: Int) -> Value {
        match value {
            Int::Small(value) => self.int(value),
            Int::Big(value) => self.big_int(value),
        }
    }

    /// A value for a complex number.
    pub fn new_complex(&mut self, value: Complex) -> Value {
        Value::object(self.alloc(types::COMPLEX, Payload::Complex(Real(value.real), Real(value.imag))))
    }
}

/// A view of an int object, small where it fits: instances of subclasses keep small ints too.
fn view(value: &BigInt) -> IntRef<'_> {
    use num_traits::ToPrimitive;
    value.to_i64().map_or(IntRef::Big(value), IntRef::Small)
}

/// What an operator makes of two numbers.
enum Answer {
    Int(Int),
    Float(f64),
    Complex(Complex),
}

type Computed = Result<Option<Answer>, NumberError>;

fn ints(operator: Binary, left: IntRef<'_>, right: IntRef<'_>) -> Computed {
    Ok(Some(match operator {
        Binary::Add => Answer::Int(left.add(right)?),
        Binary::Subtract => Answer::Int(left.sub(right)?),
        Binary::Multiply => Answer::Int(left.mul(right)?),
        Binary::FloorDivide => Answer::Int(left.floordiv(right)?),
        Binary::Remainder => Answer::Int(left.modulo(right)?),
        Binary::TrueDivide => Answer::Float(left.truediv(right)?),
        Binary::Power => match left.pow(right)? {
            Power::Int(value) => Answer::Int(value),
            Power::Float(value) => Answer::Float(value),
        },
        Binary::And => Answer::Int(left.and(right)),
        Binary::Or => Answer::Int(left.or(right)),
        Binary::Xor => Answer::Int(left.xor(right)),
        Binary::LeftShift => Answer::Int(left.shl(right)?),
        Binary::RightShift => Answer::Int(left.shr(right)?),
        Binary::MatrixMultiply => return Ok(None),
    }))
}

fn floats(operator: Binary, left: f64, right: f64) -> Computed {
    Ok(Some(match operator {
        Binary::Add => Answer::Float(left + right),
        Binary::Subtract => Answer::Float(left - right),
        Binary::Multiply => Answer::Float(left * right),
        Binary::TrueDivide => Answer::Float(float::truediv(left, right)?),
        Binary::FloorDivide => Answer::Float(float::floordiv(left, right)?),
        Binary::Remainder => Answer::Float(float::modulo(left, right)?),
        Binary::Power => match float::pow(left, right)? {
            float::Power::Float(value) => Answer::Float(value),
            float::Power::Complex(value) => Answer::Complex(value),
        },
        Binary::And
        | Binary::Or
        | Binary::Xor
        | Binary::LeftShift
        | Binary::RightShift
        | Binary::MatrixMultiply => return Ok(None),
    }))
}

fn complexes(operator: Binary, left: complex::Operand, right: complex::Operand) -> Computed {
    Ok(Some(Answer::Complex(match operator {
        Binary::Add => complex::add(left, right),
        Binary::Subtract => complex::sub(left, right),
        Binary::Multiply => complex::mul(left, right),
        Binary::TrueDivide => complex::truediv(left, right)?,
        Binary::Power => complex::pow(left.to_complex(), right.to_complex())?,
        Binary::FloorDivide
        | Binary::Remainder
        | Binary::And
        | Binary::Or
        | Binary::Xor
        | Binary::LeftShift
        | Binary::RightShift
        | Binary::MatrixMultiply => return Ok(None),
    })))
}

fn real(number: Number<'_>) -> Result<complex::Operand, NumberError> {
    Ok(match number {
        Number::Int(value) => complex::Operand::Real(value.to_float()?),
        Number::Float(value) => complex::Operand::Real(value),
        Number::Complex(value) => complex::Operand::Complex(value),
    })
}

fn numbers(operator: Binary, left: Number<'_>, right: Number<'_>) -> Computed {
    let is_complex = matches!(left, Number::Complex(_)) || matches!(right, Number::Complex(_));
    let is_known = match operator {
        Binary::Add | Binary::Subtract | Binary::Multiply | Binary::TrueDivide | Binary::Power => true,
        Binary::FloorDivide | Binary::Remainder => !is_complex,
        Binary::And
        | Binary::Or
        | Binary::Xor
        | Binary::LeftShift
        | Binary::RightShift
        | Binary::MatrixMultiply => matches!((left, right), (Number::Int(_), Number::Int(_))),
    };
    if !is_known {
        // An int that is too large for a float is no error then.
        return Ok(None);
    }
    match (left, right) {
        (Number::Int(left), Number::Int(right)) => ints(operator, left, right),
        (Number::Float(left), Number::Float(right)) => floats(operator, left, right),
        (Number::Int(left), Number::Float(right)) => floats(operator, left.to_float()?, right),
        (Number::Float(left), Number::Int(right)) => floats(operator, left, right.to_float()?),
        (Number::Complex(_), _) | (_, Number::Complex(_)) => complexes(operator, real(left)?, real(right)?),
    }
}

impl Machine {
    /// `left operator right` for two numbers of builtin types; `None` where one is no number, or numbers
    /// do not know the operator.
    pub(in crate::machine) fn number_binary(
        &mut self,
        operator: Binary,
        left: Value,
        right: Value,
    ) -> Result<Option<Value>, Raise> {
        if let (Kind::Bool(left), Kind::Bool(right)) = (left.kind(), right.kind()) {
            let answer = match operator {
                Binary::And => left & right,
                Binary::Or => left | right,
                Binary::Xor => left ^ right,
                _ => {
                    return self.number_answer(ints(
                        operator,
                        IntRef::Small(left.into()),
                        IntRef::Small(right.into()),
                    ));
                }
            };
            return Ok(Some(Value::bool(answer)));
        }
        let (Some(one), Some(two)) = (self.heap.number(left), self.heap.number(right)) else {
            return Ok(None);
        };
        let answer = numbers(operator, one, two);
        let same = match operator {
            Binary::Remainder => self.is_own_remainder(left, right),
            Binary::RightShift => self.is_own_shift(left, right),
            _ => false,
        };
        if same {
            return Ok(Some(left));
        }
        self.number_answer(answer)
    }

    /// Whether CPython gives `left` itself as the rest of a division of ints: it is shorter than `right`, or has a
    /// smaller first digit, of 30 bits each.  Two ints of one digit are divided by the processor.
    pub(in crate::machine) fn is_own_remainder(&self, left: Value, right: Value) -> bool {
        let (Some(one), Some(two)) = (self.heap.int_ref(left), self.heap.int_ref(right)) else {
            return false;
        };
        let exact = self.heap.class_of(left) == types::INT;
        if !exact || one.is_zero() || one.signum() != two.signum() {
            return false;
        }
        let digits = |int: IntRef<'_>| int.bit_length().div_ceil(DIGIT);
        match digits(one).cmp(&digits(two)) {
            std::cmp::Ordering::Less => true,
            std::cmp::Ordering::Equal if digits(one) > 1 => first_digit(one) < first_digit(two),
            std::cmp::Ordering::Equal | std::cmp::Ordering::Greater => false,
        }
    }

    /// Whether CPython gives `left` itself where it shifts by no bits: it is negative, and of more than one digit.
    fn is_own_shift(&self, left: Value, right: Value) -> bool {
        let (Some(one), Some(two)) = (self.heap.int_ref(left), self.heap.int_ref(right)) else {
            return false;
        };
        self.heap.class_of(left) == types::INT
            && two.is_zero()
            && one.signum() < 0
            && one.bit_length() > DIGIT
    }

    fn number_answer(&mut self, answer: Computed) -> Result<Option<Value>, Raise> {
        let answer = answer.map_err(|error| self.number_error(error))?;
        Ok(answer.map(|answer| match answer {
            Answer::Int(value) => self.heap.new_int(value),
            Answer::Float(value) => self.heap.float(value),
            Answer::Complex(value) => self.heap.new_complex(value),
        }))
    }

    /// `operator value` for a number of a builtin type; `None` for anything else.
    pub(in crate::machine) fn number_unary(&mut self, operator: Unary, value: Value) -> Option<Value> {
        let answer = match (operator, self.heap.number(value)?) {
            (Unary::Negative, Number::Int(value)) => Answer::Int(value.neg()),
            (Unary::Positive, Number::Int(value)) => Answer::Int(value.to_int()),
            (Unary::Invert, Number::Int(value)) => Answer::Int(value.invert()),
            (Unary::Negative, Number::Float(value)) => Answer::Float(-value),
            (Unary::Positive, Number::Float(value)) => Answer::Float(value),
            (Unary::Negative, Number::Complex(value)) => Answer::Complex(value.neg()),
            (Unary::Positive, Number::Complex(value)) => Answer::Complex(value),
            (Unary::Invert, Number::Float(_) | Number::Complex(_)) => return None,
        };
        // `+x` of an exact number is `x` itself.
        let exact = matches!(value.kind(), Kind::Int(_) | Kind::Float(_))
            || [types::INT, types::COMPLEX].contains(&self.heap.class_of(value));
        if operator == Unary::Positive && exact {
            return Some(value);
        }
        Some(match answer {
            Answer::Int(value) => self.heap.new_int(value),
            Answer::Float(value) => self.heap.float(value),
            Answer::Complex(value) => self.heap.new_complex(value),
        })
    }

    /// `left comparison right` for two numbers of builtin types; `None` where one is none, or where
    /// complex numbers have no order.
    pub(in crate::machine) fn compare_numbers(
        &self,
        comparison: Comparison,
        left: Value,
        right: Value,
    ) -> Option<bool> {
        let order = match (self.heap.number(left)?, self.heap.number(right)?) {
            (Number::Int(left), Number::Int(right)) => Some(left.compare(right)),
            (Number::Float(left), Number::Float(right)) => left.partial_cmp(&right),
            (Number::Int(left), Number::Float(right)) => left.compare_float(right),
            (Number::Float(left), Number::Int(right)) => {
                right.compare_float(left).map(std::cmp::Ordering::reverse)
            }
            (left, right) => {
                let equal = equal_complex(left, right);
                return match comparison {
                    Comparison::Eq => Some(equal),
                    Comparison::Ne => Some(!equal),
                    Comparison::Lt | Comparison::Le | Comparison::Gt | Comparison::Ge => None,
                };
            }
        };
        Some(comparison.holds_partially(order))
    }

    /// The exception that a failed computation raises.
    #[cold]
    pub(in crate::machine) fn number_error(&mut self, error: NumberError) -> Raise {
        let class = match error.kind {
            ErrorKind::ZeroDivision => types::ZERO_DIVISION_ERROR,
            ErrorKind::Overflow => types::OVERFLOW_ERROR,
            ErrorKind::Value => types::VALUE_ERROR,
            ErrorKind::Type => types::TYPE_ERROR,
            ErrorKind::Memory => return self.raise_with(types::MEMORY_ERROR, vec![]),
            ErrorKind::Range => {
                let number = self.heap.int(super::super::number::ERANGE);
                let text = self.heap.str(error.message.as_ref());
                return self.raise_with(types::OVERFLOW_ERROR, vec![number, text]);
            }
        };
        let message: Cow<'static, str> = error.message;
        self.raise(class, message)
    }
}

/// A complex number equals another number if both parts do; an int is compared exactly.
fn equal_complex(left: Number<'_>, right: Number<'_>) -> bool {
    match (left, right) {
        (Number::Complex(left), Number::Complex(right)) => {
            matches!(left.real.partial_cmp(&right.real), Some(order) if order.is_eq())
                && matches!(left.imag.partial_cmp(&right.imag), Some(order) if order.is_eq())
        }
        (Number::Complex(complex), Number::Int(int)) | (Number::Int(int), Number::Complex(complex)) => {
            is_zero(complex.imag) && int.compare_float(complex.real).is_some_and(std::cmp::Ordering::is_eq)
        }
        (Number::Complex(complex), Number::Float(float))
        | (Number::Float(float), Number::Complex(complex)) => {
            is_zero(complex.imag) && complex.real.partial_cmp(&float).is_some_and(std::cmp::Ordering::is_eq)
        }
        (Number::Int(_) | Number::Float(_), Number::Int(_) | Number::Float(_)) => false,
    }
}

/// How many bits a digit of CPython's ints has.
const DIGIT: u64 = 30;

/// The first of the digits of an int, without its sign.
fn first_digit(int: IntRef<'_>) -> Option<i64> {
    let below = (int.bit_length().div_ceil(DIGIT) - 1) * DIGIT;
    let top = int.abs().view().shr(IntRef::Small(below as i64)).ok()?;
    top.small()
}

fn is_zero(value: f64) -> bool {
    value.partial_cmp(&0.0).is_some_and(std::cmp::Ordering::is_eq)
}
