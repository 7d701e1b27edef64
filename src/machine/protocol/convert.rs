//! Conversion to text.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::value::Value;

impl Machine {
    /// `str(value)`.
    pub fn str(&mut self, _value: Value) -> Eval {
        Err(self.unsupported("str"))
    }

    /// `repr(value)`.
    pub fn repr(&mut self, _value: Value) -> Eval {
        Err(self.unsupported("repr"))
    }

    /// `ascii(value)`.
    pub fn ascii(&mut self, _value: Value) -> Eval {
        Err(self.unsupported("ascii"))
    }

    /// `format(value, spec)`.
    pub fn format(&mut self, _value: Value, _spec: Value) -> Eval {
        Err(self.unsupported("format"))
    }

    /// What the interactive mode does with the value of an expression.
    pub fn print_expression(&mut self, _value: Value) -> Eval {
        Err(self.unsupported("printing an expression's value"))
    }
}
