//! The warning about something open that nobody holds any more and nobody has closed: a file, a socket.

use super::{Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::raise::Raise;
use crate::machine::value::Value;
use crate::machine::warnings::Giving;

/// What is being waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Asked {
    Nothing,
    Repr,
    Warning,
    Report,
}

/// How CPython words it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OpenThing {
    /// A file.
    File,
    /// A socket, whose repr says that it is one.
    Socket,
}

impl OpenThing {
    /// What stands before the repr in the warning.
    const fn unclosed(self) -> &'static str {
        match self {
            Self::File => "unclosed file ",
            Self::Socket => "unclosed ",
        }
    }

    /// When a warning came that filters make an error.
    const fn finalizing(self) -> &'static str {
        match self {
            Self::File => "while finalizing file",
            Self::Socket => "while finalizing socket",
        }
    }
}

/// Warns of something open; what comes of that nobody can catch.
#[derive(Clone, Debug, Hash)]
pub struct Unclosed {
    thing: OpenThing,
    object: Value,
    /// What an error is said to be of: the object, or what lies below it.
    below: Value,
    asked: Asked,
}

/// The warning, under way.
pub type WarnUnclosed = Steps<Unclosed>;

/// What stands behind a warning about an object whose making nobody has noted.
const HINT: &str = "ResourceWarning: Enable tracemalloc to get the object allocation traceback\n";

impl Stepwise for Unclosed {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        match (self.asked, got) {
            (Asked::Nothing, _) => {
                self.asked = Asked::Repr;
                Ok(m.repr(self.object)?.into())
            }
            (Asked::Repr, Got::Value(shown)) => {
                self.asked = Asked::Warning;
                let text = [self.thing.unclosed(), &m.str_text(shown).to_string_lossy()].concat();
                let (text, place) = (m.heap.str(text), m.warning_place());
                let category = Value::object(types::RESOURCE_WARNING);
                let giving = Giving::of(category, text, place, Value::NONE);
                let giving = if m.loaded_module("warnings").is_some() {
                    giving.caused_by(self.object)
                } else {
                    // CPython imports the module `warnings`, which knows of the object, and says so.
                    giving.with_hint(HINT)
                };
                Ok(m.give_warning(giving, place, Value::NONE)?.into())
            }
            // Of another error, such as one of the repr, nothing is said.
            (_, Got::Raised(error)) if m.heap.is_instance(error, types::WARNING) => {
                self.asked = Asked::Report;
                Ok(m.report_ignored(error, self.thing.finalizing(), self.below)?.into())
            }
            (Asked::Repr | Asked::Warning | Asked::Report, _) => Ok(Do::Done(Value::NONE)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.object);
        visit(self.below);
    }

    fn title(&self, heap: &Heap) -> String {
        format!("{}: warning that it was not closed", heap.class(heap.class_of(self.object)).name)
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        self.asked != Asked::Report
    }
}

impl Machine {
    /// Warns that `object` goes while it is open; an error is said to be of `below`.
    pub(in crate::machine) fn warn_of_open(&mut self, thing: OpenThing, object: Value, below: Value) -> Eval {
        self.begin(WarnUnclosed::new(Unclosed { thing, object, below, asked: Asked::Nothing }))
    }
}
