//! Exceptions as Python programs raise and see them.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::object::Payload;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

impl Machine {
    /// `raise exception from cause`.
    pub fn raise_statement(&mut self, _exception: Value, _cause: Option<Value>) -> Eval {
        Err(self.unsupported("raise"))
    }

    /// A NameError (or UnboundLocalError) that knows the name.
    pub(in crate::machine) fn name_error(&mut self, class: Handle, message: String, _name: Handle) -> Raise {
        self.raise(class, message)
    }

    /// An AttributeError that knows the name and the object.
    pub(in crate::machine) fn attribute_error(
        &mut self,
        message: String,
        _object: Value,
        _name: Handle,
    ) -> Raise {
        self.raise(super::super::object::types::ATTRIBUTE_ERROR, message)
    }

    /// What a builtin exception type keeps apart from `args`, made from them.
    pub(in crate::machine) fn exception_fields(
        &self,
        _class: Handle,
        _args: &[Value],
    ) -> Box<[Option<Value>]> {
        Box::default()
    }

    /// Sets `__suppress_context__`.
    pub(in crate::machine) fn set_suppress_context(&mut self, exception: Value, suppress: bool) {
        if let Some(Payload::Exception(exception)) =
            exception.handle().map(|handle| self.heap.payload_mut(handle))
        {
            exception.suppress_context = suppress;
        }
    }

    /// What the message of an error suggests instead of `wrong`.
    pub(in crate::machine) fn suggest<'a>(
        &self,
        _wrong: &str,
        _known: impl Iterator<Item = &'a str>,
    ) -> Option<String> {
        None
    }
}
