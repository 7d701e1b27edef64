//! The `raise` statement: classes are called to make the exception and its cause.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Exception,
    Cause,
}

/// `raise exception from cause`.
#[derive(Clone, Debug, Hash)]
pub struct RaiseStatement {
    exception: Value,
    cause: Option<Value>,
    phase: Phase,
}

impl RaiseStatement {
    /// The statement with these operands.
    pub const fn new(exception: Value, cause: Option<Value>) -> Self {
        Self { exception, cause, phase: Phase::Exception }
    }

    /// What calling `class` gave must be an exception.
    fn check_made(machine: &mut Machine, class: Value, made: Value) -> Result<(), Raise> {
        if machine.is_exception(made) {
            return Ok(());
        }
        let class = class.handle().map_or_else(String::new, |class| machine.class_text(class));
        let made = machine.class_text(machine.heap.class_of(made));
        let message =
            format!("calling {class} should have returned an instance of BaseException, not {made}");
        Err(machine.type_error(message))
    }
}

impl NativeTask for RaiseStatement {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut made = if let Input::Value(value) = input { Some(value) } else { None };
        if self.phase == Phase::Exception {
            if machine.exception_class(self.exception).is_some() {
                let exception = match made.take() {
                    Some(made) => made,
                    None => match machine.call(self.exception, Args::default())? {
                        Flow::Value(made) => made,
                        Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                    },
                };
                Self::check_made(machine, self.exception, exception)?;
                self.exception = exception;
            } else if !machine.is_exception(self.exception) {
                return Err(machine.type_error("exceptions must derive from BaseException"));
            }
            self.phase = Phase::Cause;
        }
        let Some(cause) = self.cause else { return Err(Raise::new(self.exception)) };
        let cause = if machine.exception_class(cause).is_some() {
            let value = match made {
                Some(made) => made,
                None => match machine.call(cause, Args::default())? {
                    Flow::Value(made) => made,
                    Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
                },
            };
            Self::check_made(machine, cause, value)?;
            Some(value)
        } else if machine.is_exception(cause) {
            Some(cause)
        } else if cause.is_none() {
            None
        } else {
            return Err(machine.type_error("exception causes must derive from BaseException"));
        };
        machine.set_exception_cause(self.exception, cause);
        Err(Raise::new(self.exception))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.exception);
        self.cause.into_iter().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.phase {
            Phase::Exception => "raise: making the exception",
            Phase::Cause => "raise: making the cause",
        }
        .to_owned()
    }
}

impl Machine {
    /// What `repr()` gives for a class whose metaclass has no own `__repr__`.
    pub(in crate::machine) fn class_text(&self, class: Handle) -> String {
        format!("<class '{}'>", self.class_title(class))
    }
}
