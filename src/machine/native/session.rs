//! The statements of a program that is run one by one, as at a prompt.

use std::rc::Rc;

use super::{Advance, Input, NativeTask, Occasion, Progress, Report};
use crate::machine::Machine;
use crate::machine::frame::{Entry, Flow, Frame};
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// Runs one statement after the other.  An exception that nobody caught is printed, and the next statement
/// runs all the same; only a `SystemExit` ends the program.
#[derive(Clone, Debug, Hash)]
pub struct Session {
    /// The dict of the module `__main__`.
    module: Handle,
    /// How many statements have begun.
    begun: usize,
    /// Whether it waits for the text of an exception.
    reports: bool,
}

impl Session {
    /// Behind the first statement, which is on its way.
    pub const fn new(module: Handle) -> Self {
        Self { module, begun: 1, reports: false }
    }

    fn next(mut self, machine: &mut Machine) -> Advance {
        self.reports = false;
        let Some(code) = machine.statements.get(self.begun - 1).map(Rc::clone) else {
            return Ok(Progress::Done(Value::NONE));
        };
        self.begun += 1;
        let source = machine.main_source();
        let code = machine.load(&code, source).map_err(|error| machine.system_error(error.to_string()))?;
        let frame = machine.main_frame(code, self.module);
        Ok(Progress::Wait(self.into(), Entry::one(Frame::Python(Box::new(frame)))))
    }

    fn report(mut self, machine: &mut Machine, exception: Value) -> Advance {
        let report = Report::new(machine, exception, Occasion::Uncaught);
        match machine.begin(report) {
            Ok(Flow::Enter(entry)) => {
                self.reports = true;
                Ok(Progress::Wait(self.into(), entry))
            }
            Ok(Flow::Value(_)) | Err(Raise { .. }) => Ok(Progress::Again(self.into())),
        }
    }
}

impl NativeTask for Session {
    fn advance(self, machine: &mut Machine, input: Input) -> Advance {
        match input {
            Input::Raised(exception) if !self.reports => self.report(machine, exception),
            Input::Start | Input::Value(_) | Input::Exhausted | Input::Raised(_) => self.next(machine),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.module));
    }

    fn title(&self, _heap: &Heap) -> String {
        if self.reports {
            "prompt: printing an exception that nobody caught".to_owned()
        } else {
            format!("prompt: statement {}", self.begun)
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        !heap.is_instance(exception, types::SYSTEM_EXIT)
    }
}
