//! Python's numbers as functions on plain data: `int`, `float` and `complex`, with CPython's answers and errors.

#![allow(clippy::float_cmp, reason = "Python compares floats exactly, and so must what computes for it")]
#![allow(
    clippy::should_implement_trait,
    reason = "Python's operators have names, and may fail; Rust's do not"
)]

pub mod calendar;
pub mod complex;
pub mod float;
pub mod int;
pub mod scale;
pub mod special;

use std::borrow::Cow;
use std::fmt;

pub use complex::Complex;
pub use int::{Int, IntRef};

/// The exception an operation on numbers ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// ZeroDivisionError.
    ZeroDivision,
    /// OverflowError.
    Overflow,
    /// OverflowError whose `args` are the C library's error number and text: `(34, "Numerical result …")`.
    Range,
    /// ValueError.
    Value,
    /// MemoryError, which has no text.
    Memory,
    /// TypeError.
    Type,
}

/// Why an operation on numbers has no answer: the exception to raise and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberError {
    /// Which exception.
    pub kind: ErrorKind,
    /// What `str()` of it gives; of a [`ErrorKind::Range`], that of its second argument.
    pub message: Cow<'static, str>,
}

impl NumberError {
    /// An error with a text that is always the same.
    pub const fn new(kind: ErrorKind, message: &'static str) -> Self {
        Self { kind, message: Cow::Borrowed(message) }
    }

    /// A ValueError.
    pub fn value(message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: ErrorKind::Value, message: message.into() }
    }

    /// An OverflowError.
    pub fn overflow(message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind: ErrorKind::Overflow, message: message.into() }
    }

    /// Division by zero, of whatever type and kind.
    pub const ZERO_DIVISION: Self = Self::new(ErrorKind::ZeroDivision, "division by zero");
    /// Zero to a negative power, int or float.
    pub const ZERO_TO_NEGATIVE: Self = Self::new(ErrorKind::ZeroDivision, "zero to a negative power");
    /// A result that would take more memory than the machine gives.
    pub const MEMORY: Self = Self::new(ErrorKind::Memory, "");
    /// A float result beyond the greatest float.
    pub const RANGE: Self = Self::new(ErrorKind::Range, "Numerical result out of range");
    /// An int beyond the greatest float.
    pub const INT_TO_FLOAT: Self = Self::new(ErrorKind::Overflow, "int too large to convert to float");
}

/// The error number of [`ErrorKind::Range`], the first of its arguments.
pub const ERANGE: i64 = 34;

impl fmt::Display for NumberError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            ErrorKind::Range => write!(out, "({ERANGE}, '{}')", self.message),
            ErrorKind::ZeroDivision
            | ErrorKind::Overflow
            | ErrorKind::Value
            | ErrorKind::Memory
            | ErrorKind::Type => out.write_str(&self.message),
        }
    }
}

impl std::error::Error for NumberError {}

/// What an operation on numbers gives.
pub type Result<T> = std::result::Result<T, NumberError>;
