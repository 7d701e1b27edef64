//! `isinstance` and `issubclass` of what is no class, but says by its `__bases__` that it is like one.

use super::{Do, Got, Steps, Stepwise};
use crate::machine::Machine;
use crate::machine::frame::Eval;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::Payload;
use crate::machine::raise::Raise;
use crate::machine::value::{Handle, Value};

/// How deep bases may be nested, where there are several on each level.
const NESTING: u32 = 5_000;

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// `__bases__` of the subject of `issubclass`.
    Subject,
    /// `__bases__` of what is to be a class.
    Class,
    /// `__class__` of the subject of `isinstance`.
    Claim,
    /// `__bases__` of what may be derived.
    Bases,
}

/// Looks for `class` among the bases of the subject, and theirs.
#[derive(Clone, Debug, Hash)]
pub struct Bases {
    subject: Value,
    class: Value,
    subclass: bool,
    /// What is still to be looked at, the next one last, and how deep it lies.
    pending: Vec<(Value, u32)>,
    /// How deep what is looked at lies.
    depth: u32,
    phase: Phase,
}

/// See [`Bases`].
pub type AbstractCheck = Steps<Bases>;

impl Bases {
    fn ask(&mut self, m: &mut Machine, phase: Phase, object: Value, name: Handle) -> Result<Do, Raise> {
        self.phase = phase;
        Ok(Do::Wait(m.get_attr_or(object, name, Value::NONE)?))
    }

    fn ask_subject(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        if self.subclass {
            self.pending.push((self.subject, 0));
            return self.look(m);
        }
        self.ask(m, Phase::Claim, self.subject, names::CLASS)
    }

    /// Looks at the next one.
    fn look(&mut self, m: &mut Machine) -> Result<Do, Raise> {
        match self.pending.pop() {
            None => Ok(Do::Done(Value::FALSE)),
            Some((derived, _)) if derived == self.class => Ok(Do::Done(Value::TRUE)),
            Some((derived, depth)) => {
                self.depth = depth;
                self.ask(m, Phase::Bases, derived, names::BASES)
            }
        }
    }

    fn refusal(&self, subject: bool) -> &'static str {
        match (subject, self.subclass) {
            (true, _) => "issubclass() arg 1 must be a class",
            (false, true) => "issubclass() arg 2 must be a class, a tuple of classes, or a union",
            (false, false) => "isinstance() arg 2 must be a type, a tuple of types, or a union",
        }
    }
}

impl Stepwise for Bases {
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise> {
        let Got::Value(value) = got else {
            let (phase, object) =
                if self.subclass { (Phase::Subject, self.subject) } else { (Phase::Class, self.class) };
            return self.ask(m, phase, object, names::BASES);
        };
        let bases = match m.heap.payload_of(value) {
            Some(Payload::Tuple(bases)) => Some(bases.to_vec()),
            _ => None,
        };
        match (self.phase, bases) {
            (Phase::Subject, None) => Err(m.type_error(self.refusal(true))),
            (Phase::Class, None) => Err(m.type_error(self.refusal(false))),
            (Phase::Subject, Some(_)) => self.ask(m, Phase::Class, self.class, names::BASES),
            (Phase::Class, Some(_)) => self.ask_subject(m),
            // Without a `__class__` there is nothing to look at.
            (Phase::Claim, _) if value.is_none() => Ok(Do::Done(Value::FALSE)),
            (Phase::Claim, _) => {
                self.pending.push((value, 0));
                self.look(m)
            }
            (Phase::Bases, bases) => {
                let bases = bases.unwrap_or_default();
                // One alone is looked at in the place of what it is a base of.
                let depth = if bases.len() > 1 { self.depth + 1 } else { self.depth };
                self.pending.extend(bases.into_iter().rev().map(|base| (base, depth)));
                if depth > NESTING {
                    return Err(m.recursion_error("maximum recursion depth exceeded in __issubclass__"));
                }
                self.look(m)
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        [self.subject, self.class]
            .into_iter()
            .chain(self.pending.iter().map(|(base, _)| *base))
            .for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = if self.subclass { "issubclass" } else { "isinstance" };
        match self.phase {
            Phase::Claim => format!("{name}: asking for __class__"),
            Phase::Subject | Phase::Class | Phase::Bases => format!("{name}: asking for __bases__"),
        }
    }
}

impl Machine {
    /// `isinstance(subject, class)` or `issubclass(subject, class)`, where one of them is no class.
    pub(in crate::machine) fn abstract_check(
        &mut self,
        subject: Value,
        class: Value,
        subclass: bool,
    ) -> Eval {
        let work = Bases { subject, class, subclass, pending: Vec::new(), depth: 0, phase: Phase::Class };
        self.begin(AbstractCheck::new(work))
    }
}
