//! Exceptions as Python programs raise and see them.

use super::super::Machine;
use super::super::frame::Eval;
use super::super::native::RaiseStatement;
use super::super::object::exceptions::{import, name};
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};

impl Machine {
    /// Whether a value is an exception.
    pub(in crate::machine) fn is_exception(&self, value: Value) -> bool {
        matches!(self.heap.payload_of(value), Some(Payload::Exception(_)))
    }

    /// The class that a value is, if it is one of exceptions.
    pub(in crate::machine) fn exception_class(&self, value: Value) -> Option<Handle> {
        value
            .handle()
            .filter(|handle| self.is_class(value) && self.heap.is_subclass(*handle, types::BASE_EXCEPTION))
    }

    /// `raise exception from cause`: always an error, at once or behind frames that make the exception.
    pub fn raise_statement(&mut self, exception: Value, cause: Option<Value>) -> Eval {
        self.begin(RaiseStatement::new(exception, cause))
    }

    /// A NameError (or UnboundLocalError) that knows the name.
    pub(in crate::machine) fn name_error(&mut self, class: Handle, message: String, name: Handle) -> Raise {
        let raise = self.raise(class, message);
        self.set_exception_field(raise.exception, name::NAME, Some(Value::object(name)));
        raise
    }

    /// An AttributeError that knows the object and the name that it does not have.
    #[cold]
    pub fn attribute_error(&mut self, message: impl AsRef<str>, object: Value, name: Handle) -> Raise {
        let raise = self.raise(types::ATTRIBUTE_ERROR, message);
        self.set_exception_field(raise.exception, name::NAME, Some(Value::object(name)));
        self.set_exception_field(raise.exception, name::OBJ, Some(object));
        raise
    }

    /// An ImportError (or ModuleNotFoundError) that knows the module, and the name that it lacks.
    #[cold]
    pub(in crate::machine) fn import_error(
        &mut self,
        class: Handle,
        message: String,
        module: Value,
        name_from: Option<Value>,
    ) -> Raise {
        let raise = self.raise(class, message);
        self.set_exception_field(raise.exception, import::NAME, Some(module));
        self.set_exception_field(raise.exception, import::NAME_FROM, name_from);
        raise
    }

    /// Sets `__cause__`, which also hides `__context__`.
    pub(in crate::machine) fn set_exception_cause(&mut self, exception: Value, cause: Option<Value>) {
        self.set_exception(exception, |exception| &mut exception.cause, cause);
        self.set_suppress_context(exception, true);
    }

    /// Sets `__suppress_context__`.
    pub(in crate::machine) fn set_suppress_context(&mut self, exception: Value, suppress: bool) {
        if let Some(Payload::Exception(exception)) =
            exception.handle().map(|handle| self.heap.payload_mut(handle))
        {
            exception.suppress_context = suppress;
        }
    }
}
