//! What the compiler warns of in a source that a running program has had compiled, each time anew.

use std::rc::Rc;

use super::super::Machine;
use super::super::ask::CompileWarning;
use super::super::frame::Eval;
use super::super::heap::Heap;
use super::super::native::{Do, Got, Steps, Stepwise};
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::Value;
use super::{Giving, Place};

/// The warnings of a source on their way, one after the other.
#[derive(Clone, Debug, Hash)]
pub struct SourceWarningsWork {
    /// The name of the source.
    file: Value,
    module: Value,
    warnings: Rc<[CompileWarning]>,
    /// The warning whose turn comes next.
    at: usize,
}

/// See [`SourceWarningsWork`].
pub type SourceWarnings = Steps<SourceWarningsWork>;

impl Stepwise for SourceWarningsWork {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        if let Got::Raised(_) = got {
            // A filter has made it an error, and of the source that is one of syntax.
            let warnings = Rc::clone(&self.warnings);
            return Err(match &warnings[self.at - 1].as_error {
                Some(refused) => m.refused(refused),
                None => m.unsupported("a SyntaxWarning about such a string that is made an error"),
            });
        }
        let Some(warning) = self.warnings.get(self.at) else { return Ok(Do::Done(Value::NONE)) };
        self.at += 1;
        let (text, category) = (m.heap.str(warning.message.as_str()), Value::object(types::SYNTAX_WARNING));
        let (file, line, registry) = (self.file, warning.line.into(), Value::NONE);
        let place = Place { file, line, module: self.module, registry };
        Ok(m.begin(Giving::of(category, text, place, Value::NONE))?.into())
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.file);
        visit(self.module);
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("compile: giving warning {} of {}", self.at, self.warnings.len())
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        self.at > 0 && heap.is_instance(exception, types::SYNTAX_WARNING)
    }
}

impl Machine {
    /// Gives what the compiler warns of in a source with this name.
    pub(in crate::machine) fn warn_of_source(&mut self, name: &str, warnings: &Rc<[CompileWarning]>) -> Eval {
        if warnings.is_empty() {
            return Ok(Value::NONE.into());
        }
        let module = match name.strip_suffix(".py").unwrap_or(name) {
            "" => "<unknown>",
            module => module,
        };
        let (file, module) = (self.heap.str(name), self.heap.str(module));
        let warnings = Rc::clone(warnings);
        self.begin(SourceWarnings::new(SourceWarningsWork { file, module, warnings, at: 0 }))
    }
}
