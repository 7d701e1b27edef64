//! The warning about a file that nobody holds any more and nobody has closed.

use crate::machine::Machine;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::native::{Do, Got, Steps, Stepwise};
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};
use crate::machine::warnings::Giving;

/// What is being waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Nothing,
    Repr,
    Warning,
    Report,
}

/// Warns of a file; what comes of that nobody can catch.
#[derive(Clone, Debug, Hash)]
pub struct Unclosed {
    file: Value,
    /// The file of the operating system below it.
    raw: Value,
    asked: Asked,
}

/// The warning, under way.
pub type WarnUnclosed = Steps<Unclosed>;

impl Stepwise for Unclosed {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.asked, got) {
            (Asked::Nothing, _) => {
                self.asked = Asked::Repr;
                Ok(m.repr(self.file)?.into())
            }
            (Asked::Repr, Got::Value(shown)) => {
                self.asked = Asked::Warning;
                let text = format!("unclosed file {}", m.str_text(shown).to_string_lossy());
                let (text, place) = (m.heap.str(text), m.warning_place());
                let category = Value::object(types::RESOURCE_WARNING);
                let giving = Giving::of(category, text, place, Value::NONE);
                let giving = if m.loaded_module("warnings").is_some() {
                    giving.caused_by(self.file)
                } else {
                    // CPython imports the module `warnings`, which knows of the file, and says so.
                    giving.with_hint(HINT)
                };
                Ok(m.give_warning(giving, place, Value::NONE)?.into())
            }
            (_, Got::Raised(error)) => {
                self.asked = Asked::Report;
                Ok(m.report_ignored(error, "while finalizing file", self.raw)?.into())
            }
            (Asked::Repr | Asked::Warning | Asked::Report, _) => Ok(Do::Done(Value::NONE)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.file);
        visit(self.raw);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("{}: warning that it was not closed", heap.class(heap.class_of(self.file)).name)
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        self.asked != Asked::Report
    }
}

/// What stands behind a warning about an object whose making nobody has noted.
const HINT: &str = "ResourceWarning: Enable tracemalloc to get the object allocation traceback\n";

impl Machine {
    /// Warns of a file that goes while it is open; nothing is said where the filters would not have it, or of what
    /// is no file of the operating system.
    pub(in crate::machine) fn warn_unclosed(&mut self, file: Handle) -> Eval {
        let open = self.raw_below(file).filter(|raw| {
            let raw = self.raw_file(*raw);
            raw.fd >= 0 && raw.closes
        });
        let Some(raw) = open else { return Ok(Value::NONE.into()) };
        if self.is_ignored(types::RESOURCE_WARNING) {
            return Ok(Value::NONE.into());
        }
        let (file, raw) = (Value::object(file), Value::object(raw));
        self.begin(WarnUnclosed::new(Unclosed { file, raw, asked: Asked::Nothing }))
    }
}
