//! Looking for one match.

use super::super::super::Machine;
use super::super::super::heap::Heap;
use super::super::super::native::{Advance, Input, NativeTask, Progress};
use super::super::super::value::{Handle, Value};
use super::FUEL;
use super::engine::{Matcher, Outcome};

/// What is wanted of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// It itself.
    Match,
    /// The same; this scanner goes on behind it.
    Scanned(Handle),
}

/// Looks for one match, so much of it in a step.
#[derive(Clone, Debug, Hash)]
pub struct Matching {
    name: &'static str,
    matcher: Matcher,
    pattern: Value,
    subject: Value,
    wanted: Wanted,
}

impl Matching {
    /// Looks for a match of a pattern in a subject.
    pub const fn new(
        name: &'static str,
        matcher: Matcher,
        pattern: Value,
        subject: Value,
        wanted: Wanted,
    ) -> Self {
        Self { name, matcher, pattern, subject, wanted }
    }
}

impl NativeTask for Matching {
    fn advance(mut self, m: &mut Machine, _input: Input) -> Advance {
        let program = m.pattern(self.pattern).program.clone();
        let mut fuel = FUEL;
        let outcome = self.matcher.go_on(&m.heap, &program, self.subject, &mut fuel);
        let found = match outcome {
            Outcome::Matched => Some(m.new_match(self.pattern, self.subject, &self.matcher)?),
            Outcome::Failed => None,
            Outcome::Paused => return Ok(Progress::Again(self.into())),
            Outcome::NoRoom | Outcome::Shrunk => return Err(m.matching_error(outcome)),
        };
        if let Wanted::Scanned(scanner) = self.wanted {
            m.scanner_mut(scanner).found(found.map(|_| self.matcher.span()));
        }
        Ok(Progress::Done(found.unwrap_or(Value::NONE)))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.pattern);
        visit(self.subject);
        if let Wanted::Scanned(scanner) = self.wanted {
            visit(Value::object(scanner));
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("{}: at character {}", self.name, self.matcher.at())
    }
}
