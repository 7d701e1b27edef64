//! Attribute access: `getattr`, `setattr`, methods, descriptors, `super`.

use super::super::Machine;
use super::super::frame::{Eval, Flow};
use super::super::object::function::NativeDef;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

/// An attribute that is about to be called.
#[derive(Debug)]
pub enum Method {
    /// A function found on the type; the object it was looked up on is its first argument.
    Unbound(Value),
    /// Anything else: it is called as it is.
    Bound(Flow),
}

impl Machine {
    /// `object.name`.
    pub fn get_attr(&mut self, _object: Value, _name: Handle) -> Eval {
        Err(self.unsupported("attributes"))
    }

    /// `object.name`, to be called at once.
    pub fn get_method(&mut self, _object: Value, _name: Handle) -> Result<Method, Raise> {
        Err(self.unsupported("methods"))
    }

    /// `object.name = value`, or `del object.name` without a value.  The flow's value means nothing.
    pub fn set_attr(&mut self, _object: Value, _name: Handle, _value: Option<Value>) -> Eval {
        Err(self.unsupported("setting attributes"))
    }

    /// `object.name(*values)`.
    pub fn call_attr(&mut self, _object: Value, _name: Handle, _values: Vec<Value>) -> Eval {
        Err(self.unsupported("calling methods"))
    }

    /// What a descriptor found on the type of `receiver` gives for it: a bound method, a property's value.
    pub fn bind_descriptor(&mut self, _descriptor: Value, _receiver: Value) -> Eval {
        Err(self.unsupported("descriptors"))
    }

    /// Whether `method`, found on a type, is a function that simply takes the receiver as its first
    /// argument.
    pub fn is_plain_method(&self, _method: Value) -> bool {
        false
    }

    /// The function in a staticmethod; anything else as it is.
    pub fn unwrap_static(&self, value: Value) -> Value {
        value
    }

    /// `super(class, receiver).name`.
    pub fn super_attr(&mut self, _class: Value, _receiver: Value, _name: Handle) -> Eval {
        Err(self.unsupported("super"))
    }

    /// `super(class, receiver).name`, to be called at once.
    pub fn super_method(&mut self, _class: Value, _receiver: Value, _name: Handle) -> Result<Method, Raise> {
        Err(self.unsupported("super"))
    }

    /// `.name` of what something that is not the builtin `super` returns when called as it would be.
    pub fn call_other_super(
        &mut self,
        _callable: Value,
        _args: Option<(Value, Value)>,
        _name: Handle,
    ) -> Eval {
        Err(self.unsupported("another super"))
    }

    /// The builtin type that a native method belongs to.
    pub fn owner_of(&self, _native: &'static NativeDef) -> Option<Handle> {
        None
    }
}
