//! `isinstance` and `issubclass`: one class after another, each of which may have its own opinion.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::{Payload, types};
use crate::machine::raise::Raise;
use crate::machine::value::Value;

/// How deep tuples may be nested: about where CPython runs out of stack.
const NESTING: u32 = 200_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    /// The next class is asked, and what it says is a bool.
    Ask,
    /// Its `__instancecheck__` or `__subclasscheck__` runs.
    Check,
    /// The truth of what that gave is computed.
    Truth,
}

/// `isinstance(subject, …)`, or `issubclass(subject, …)`.
#[derive(Clone, Debug, Hash)]
pub struct InstanceCheck {
    subject: Value,
    subclass: bool,
    /// What is still to be asked, the next one last: classes, tuples, unions, each with how many tuples it stands in.
    pending: Vec<(Value, u32)>,
    phase: Phase,
    /// The class whose own method runs.
    asked: Option<Value>,
}

impl InstanceCheck {
    /// `isinstance(subject, class)`, or `issubclass` where `subclass` says so.
    pub fn new(subject: Value, class: Value, subclass: bool) -> Self {
        Self { subject, subclass, pending: vec![(class, 0)], phase: Phase::Ask, asked: None }
    }

    /// Asks the next class; a tuple or union is opened first.
    fn ask(&mut self, m: &mut Machine, class: Value, depth: u32) -> Eval {
        self.phase = Phase::Ask;
        if !self.subclass && Value::object(m.heap.class_of(self.subject)) == class {
            return Ok(Value::TRUE.into());
        }
        let members = match m.heap.payload_of(class) {
            Some(Payload::Tuple(_)) => Some(class),
            Some(Payload::Union(union)) => Some(union.members),
            _ => None,
        };
        if let Some(members) = members {
            if depth == NESTING {
                let name = if self.subclass { "__subclasscheck__" } else { "__instancecheck__" };
                return Err(m.recursion_error(format!("maximum recursion depth exceeded in {name}")));
            }
            self.pending.extend(m.tuple_items(members).iter().rev().map(|member| (*member, depth + 1)));
            return Ok(Value::FALSE.into());
        }
        let name = if self.subclass { names::SUBCLASSCHECK } else { names::INSTANCECHECK };
        if m.heap.class_of(class) != types::TYPE
            && let Some(method) = m.heap.special(class, name)
            && !matches!(m.heap.payload_of(method), Some(Payload::Native(..)))
        {
            self.phase = Phase::Check;
            self.asked = Some(class);
            return m.call_method(method, class, Args::new([self.subject]));
        }
        if self.subclass {
            m.plain_subclass_check(self.subject, class)
        } else {
            m.plain_instance_check(self.subject, class)
        }
    }
}

impl NativeTask for InstanceCheck {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        let mut flow = match input {
            Input::Value(value) => Flow::Value(value),
            Input::Start | Input::Exhausted | Input::Raised(_) => Flow::Value(Value::FALSE),
        };
        loop {
            flow = match (self.phase, flow) {
                (_, Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                (Phase::Check, Flow::Value(answer)) => {
                    self.phase = Phase::Truth;
                    self.asked = None;
                    m.truth(answer)?
                }
                (Phase::Ask | Phase::Truth, Flow::Value(answer)) => {
                    if answer == Value::TRUE {
                        return Ok(Progress::Done(Value::TRUE));
                    }
                    let Some((class, depth)) = self.pending.pop() else {
                        return Ok(Progress::Done(Value::FALSE));
                    };
                    self.ask(m, class, depth)?
                }
            };
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.subject);
        self.pending.iter().map(|(class, _)| *class).chain(self.asked).for_each(visit);
    }

    fn owns(&self, value: Value) -> bool {
        // Its method is bound.
        self.asked == Some(value)
    }

    fn title(&self, _heap: &Heap) -> String {
        if self.subclass { "issubclass: asking a class" } else { "isinstance: asking a class" }.to_owned()
    }
}

/// `isinstance` of something whose class does not say yes, but whose `__class__` may say otherwise.
#[derive(Clone, Debug, Hash)]
pub struct ClassClaim {
    subject: Value,
    class: Value,
}

impl NativeTask for ClassClaim {
    fn advance(self, m: &mut Machine, input: Input) -> Advance {
        let flow = match input {
            Input::Value(value) => Flow::Value(value),
            Input::Raised(_) => return Ok(Progress::Done(Value::FALSE)),
            Input::Start | Input::Exhausted => match m.find_attr(self.subject, names::CLASS) {
                Ok(found) => found.unwrap_or(Flow::Value(Value::NONE)),
                Err(raise) if self.catches(&m.heap, raise.exception) => Flow::Value(Value::NONE),
                Err(raise) => return Err(raise),
            },
        };
        Ok(match flow {
            Flow::Enter(entry) => Progress::Wait(self.into(), entry),
            Flow::Value(claimed) => Progress::Done(Value::bool(
                match (claimed.handle().filter(|_| m.is_class(claimed)), self.class.handle()) {
                    (Some(claimed), Some(class)) => m.heap.is_subclass(claimed, class),
                    _ => false,
                },
            )),
        })
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.subject);
        visit(self.class);
    }

    fn title(&self, _heap: &Heap) -> String {
        "isinstance: asking for __class__".to_owned()
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        heap.is_instance(exception, types::ATTRIBUTE_ERROR)
    }
}

impl Machine {
    /// `isinstance(subject, class)`: a bool.
    pub(in crate::machine) fn instance_check(&mut self, subject: Value, class: Value) -> Eval {
        if self.heap.class_of(class) == types::TYPE {
            return self.plain_instance_check(subject, class);
        }
        self.begin(InstanceCheck::new(subject, class, false))
    }

    /// `issubclass(subject, class)`: a bool.
    pub(in crate::machine) fn subclass_check(&mut self, subject: Value, class: Value) -> Eval {
        self.begin(InstanceCheck::new(subject, class, true))
    }

    /// `type.__instancecheck__`: a bool.
    pub(in crate::machine) fn plain_instance_check(&mut self, subject: Value, class: Value) -> Eval {
        let Some(handle) = class.handle().filter(|_| self.is_class(class)) else {
            self.refuse_alias(class, "isinstance")?;
            return self.abstract_check(subject, class, false);
        };
        let own = self.heap.class_of(subject);
        if self.heap.is_subclass(own, handle) {
            return Ok(Value::TRUE.into());
        }
        let plain = !self.heap.class(own).hooks.getattribute
            && !self.is_weak_proxy(subject)
            && self.heap.lookup(own, names::CLASS) == self.heap.lookup(types::OBJECT, names::CLASS);
        if plain { Ok(Value::FALSE.into()) } else { self.begin(ClassClaim { subject, class }) }
    }

    /// `type.__subclasscheck__`: a bool.
    pub(in crate::machine) fn plain_subclass_check(&mut self, subject: Value, class: Value) -> Eval {
        match (subject.handle(), class.handle()) {
            (Some(derived), Some(base)) if self.is_class(subject) && self.is_class(class) => {
                Ok(Value::bool(self.heap.is_subclass(derived, base)).into())
            }
            _ => {
                self.refuse_alias(class, "issubclass")?;
                self.abstract_check(subject, class, true)
            }
        }
    }

    #[cold]
    fn refuse_alias(&mut self, given: Value, function: &str) -> Result<(), Raise> {
        if self.is_typing_alias(given) {
            return Err(self.no_check_by_alias());
        }
        if matches!(self.heap.payload_of(given), Some(Payload::GenericAlias(..) | Payload::UnpackedAlias(..)))
        {
            return Err(self.type_error(format!("{function}() argument 2 cannot be a parameterized generic")));
        }
        Ok(())
    }
}
