//! `container[key]`, `in`, `len`.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::value::Value;

impl Machine {
    /// `container[key]`.
    pub fn get_item(&mut self, _container: Value, _key: Value) -> Eval {
        Err(self.unsupported("container[key]"))
    }

    /// `container[key] = value`, or `del container[key]` without a value.
    pub fn set_item(&mut self, _container: Value, _key: Value, _value: Option<Value>) -> Eval {
        Err(self.unsupported("container[key] = value"))
    }

    /// `item in container`, as a bool.
    pub fn contains(&mut self, _container: Value, _item: Value) -> Eval {
        Err(self.unsupported("in"))
    }

    /// `len(value)`.
    pub fn length(&mut self, _value: Value) -> Eval {
        Err(self.unsupported("len"))
    }
}
