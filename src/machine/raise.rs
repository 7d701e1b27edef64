//! Raising: Python's exceptions as the error type of the machine's operations.
//!
//! A [`Raise`] is the user's program going wrong.  Our own bugs are panics, which the front ends turn
//! into a report.

use super::Machine;
use super::object::Payload;
use super::object::exception::Exception;
use super::object::types;
use super::value::{Handle, Value};
use crate::code::CodeUnit;

/// An exception being raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Raise {
    /// The exception: an instance of BaseException.
    pub exception: Value,
    /// Whether it is raised again as it was, so that this frame is not entered in its traceback twice
    /// and its context stays.
    pub again: bool,
    /// Whether it comes out of a frame above, so that its context stays, but this frame is entered in its
    /// traceback.
    pub passed: bool,
    /// The instruction that raises, if the frame no longer stands there.
    pub at: Option<CodeUnit>,
}

impl Raise {
    /// An exception raised here.
    pub const fn new(exception: Value) -> Self {
        Self { exception, again: false, passed: false, at: None }
    }

    /// An exception raised again.
    pub const fn again(exception: Value) -> Self {
        Self { exception, again: true, passed: false, at: None }
    }

    /// An exception from a frame above that goes on.
    pub const fn passed(exception: Value) -> Self {
        Self { exception, again: false, passed: true, at: None }
    }
}

macro_rules! raisers {
    ($($name:ident $class:ident $python:literal,)*) => {
        impl Machine {
            $(#[doc = concat!("A ", $python, " with this message.")]
            #[cold]
            pub fn $name(&mut self, message: impl AsRef<str>) -> Raise {
                self.raise(types::$class, message)
            })*
        }
    };
}

raisers! {
    type_error TYPE_ERROR "TypeError",
    value_error VALUE_ERROR "ValueError",
    index_error INDEX_ERROR "IndexError",
    runtime_error RUNTIME_ERROR "RuntimeError",
    system_error SYSTEM_ERROR "SystemError",
    zero_division_error ZERO_DIVISION_ERROR "ZeroDivisionError",
    overflow_error OVERFLOW_ERROR "OverflowError",
    memory_error MEMORY_ERROR "MemoryError",
    recursion_error RECURSION_ERROR "RecursionError",
    not_implemented_error NOT_IMPLEMENTED_ERROR "NotImplementedError",
    buffer_error BUFFER_ERROR "BufferError",
}

impl Machine {
    /// An exception of a builtin type with one message.
    #[cold]
    pub fn raise(&mut self, class: Handle, message: impl AsRef<str>) -> Raise {
        let message = self.heap.str(message.as_ref());
        self.raise_with(class, vec![message])
    }

    /// An exception of a builtin type with these `args`.
    #[cold]
    pub fn raise_with(&mut self, class: Handle, args: Vec<Value>) -> Raise {
        Raise::new(self.new_exception(class, args))
    }

    /// Something that CPython has and this machine has not yet: an error that names it.
    #[cold]
    pub fn unsupported(&mut self, what: impl AsRef<str>) -> Raise {
        self.raise(types::NOT_IMPLEMENTED_ERROR, format!("wordcode does not support {} yet", what.as_ref()))
    }

    /// A KeyError for `key`.
    #[cold]
    pub fn key_error(&mut self, key: Value) -> Raise {
        self.raise_with(types::KEY_ERROR, vec![key])
    }

    /// The end of an iteration, with the value that a generator returned.
    pub fn stop_iteration(&mut self, value: Value) -> Raise {
        let args = if value.is_none() { vec![] } else { vec![value] };
        self.raise_with(types::STOP_ITERATION, args)
    }

    /// An exception object of a type that has BaseException's layout.
    pub fn new_exception(&mut self, class: Handle, args: Vec<Value>) -> Value {
        let fields = self.exception_fields(class, &args);
        let args = self.heap.tuple(args);
        let payload =
            Exception { args, traceback: None, context: None, cause: None, suppress_context: false, fields };
        Value::object(self.heap.alloc(class, Payload::Exception(Box::new(payload))))
    }

    /// The exception behind a value that is one.
    pub fn exception(&self, value: Value) -> &Exception {
        match self.heap.payload_of(value) {
            Some(Payload::Exception(exception)) => exception,
            _ => panic!("only exceptions are raised"),
        }
    }

    /// Changes one of the values an exception holds, and keeps the counts right.
    pub fn set_exception(
        &mut self,
        value: Value,
        part: fn(&mut Exception) -> &mut Option<Value>,
        new: Option<Value>,
    ) {
        let handle = value.handle().expect("an exception is a heap object");
        if let Some(new) = new {
            self.heap.retain(new);
        }
        let Payload::Exception(exception) = self.heap.payload_mut(handle) else {
            panic!("only exceptions are raised")
        };
        if let Some(old) = std::mem::replace(part(exception), new) {
            self.heap.release(old);
        }
    }

    /// The exception being handled now: `sys.exception()`.
    pub fn handled(&self) -> Option<Value> {
        self.thread().handled.iter().rev().find_map(|handled| *handled)
    }

    /// Gives a newly raised exception its `__context__`, the exception handled now, and takes care that
    /// no chain of contexts runs in a circle.
    pub(super) fn set_context(&mut self, exception: Value) {
        let handled = self.handled();
        self.set_context_to(exception, handled);
    }

    /// The same for an exception that is thrown into a generator, whose frame is on top: what the
    /// generator itself is handling counts, not what its caller is.
    pub(super) fn set_context_of_thrown(&mut self, exception: Value) {
        let handled = self.thread.handled.last().copied().flatten();
        self.set_context_to(exception, handled);
    }

    pub(super) fn set_context_to(&mut self, exception: Value, handled: Option<Value>) {
        let Some(handled) = handled.filter(|handled| *handled != exception) else { return };
        let mut at = handled;
        let mut steps = 0usize;
        while let Some(context) = self.exception(at).context {
            if context == exception {
                self.set_exception(at, |exception| &mut exception.context, None);
                break;
            }
            at = context;
            steps += 1;
            if steps > self.heap.live() {
                break;
            }
        }
        self.set_exception(exception, |exception| &mut exception.context, Some(handled));
    }
}
