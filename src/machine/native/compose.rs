//! Texts put together from the `str()` and `repr()` of values, either of which may be Python code.

use super::{Advance, Input, NativeTask, Progress, ReprOf, Task};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Entry, Eval, Flow, Frame};
use crate::machine::heap::Heap;
use crate::machine::object::Payload;
use crate::machine::raise::Raise;
use crate::machine::text::Str;
use crate::machine::value::{Handle, Value};

/// One part of a text.
#[derive(Clone, Debug, Hash)]
pub enum Part {
    /// This text.
    Text(Str),
    /// `str()` of a value.
    Str(Value),
    /// `repr()` of a value.
    Repr(Value),
    /// `repr()` of what makes the values of a `defaultdict`; it may show that dict, and so itself.
    Factory(Value),
    /// A value as it is shown among types.
    Type(Value),
    /// `dict.__repr__()` of a value of a type derived from dict.
    PlainRepr(Value),
}

impl From<&str> for Part {
    fn from(text: &str) -> Self {
        Self::Text(Str::from(text))
    }
}

/// A text that is being put together.
#[derive(Clone, Debug, Hash)]
pub struct Compose {
    parts: Box<[Part]>,
    at: usize,
    text: Str,
    /// The object that is shown, where it may turn up inside itself.
    shown: Option<Handle>,
}

impl NativeTask for Compose {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        if let Input::Value(part) = input {
            self.text = self.text.concat(machine.str_text(part));
            self.at += 1;
        }
        while let Some(part) = self.parts.get(self.at) {
            let flow = match part {
                Part::Text(text) => {
                    self.text = self.text.concat(text);
                    self.at += 1;
                    continue;
                }
                Part::Str(value) => machine.str(*value)?,
                Part::Repr(value) if self.shown.is_some() && !machine.is_shown_plainly(*value) => {
                    let entry = Entry::again(ReprOf::new(*value).into());
                    return Ok(Progress::Wait(self.into(), entry));
                }
                Part::Repr(value) => machine.repr(*value)?,
                Part::Factory(value) => match machine.repr_of_factory(*value)? {
                    Some(flow) => flow,
                    None => Flow::Value(machine.heap.str("...")),
                },
                Part::Type(value) => machine.type_title(*value)?,
                Part::PlainRepr(value) => machine.begin(super::Repr::of_plain_dict(*value))?,
            };
            match flow {
                Flow::Value(part) => {
                    self.text = self.text.concat(machine.str_text(part));
                    self.at += 1;
                }
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
        Ok(Progress::Done(machine.heap.str(self.text)))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        for part in &self.parts {
            match part {
                Part::Text(_) => {}
                Part::Str(value)
                | Part::Repr(value)
                | Part::Factory(value)
                | Part::Type(value)
                | Part::PlainRepr(value) => {
                    visit(*value);
                }
            }
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("text: putting part {} of {} in place", self.at + 1, self.parts.len())
    }
}

impl Machine {
    /// A str made of these parts, in their order.
    pub(in crate::machine) fn compose(&mut self, parts: Vec<Part>) -> Eval {
        self.begin(Compose { parts: parts.into(), at: 0, text: Str::empty(), shown: None })
    }

    /// An exception of this class, whose text these parts make.
    #[cold]
    pub(in crate::machine) fn raise_composed(&mut self, class: Handle, parts: Vec<Part>) -> Eval {
        let text = self.compose(parts)?;
        let args = Args::new([Value::NONE, Value::object(class)]);
        self.continue_with("message", text, args, 0, |m, args| {
            let class = args.at(1).handle().expect("a class is a heap object");
            Err(m.raise_with(class, vec![args.at(0)]))
        })
    }

    /// A str as the repr of an object, `None` where that is being shown already: it holds itself.
    pub(in crate::machine) fn compose_repr(
        &mut self,
        shown: Handle,
        parts: Vec<Part>,
    ) -> Result<Option<Flow>, Raise> {
        let is_plain = |part: &Part| match part {
            Part::Text(_) => true,
            Part::Str(value) | Part::Repr(value) | Part::Factory(value) => self.is_shown_plainly(*value),
            Part::Type(_) | Part::PlainRepr(_) => false,
        };
        if parts.iter().all(is_plain) {
            return self.compose(parts).map(Some);
        }
        let again = self.thread.frames.iter().any(|frame| match frame {
            Frame::Native(frame) => matches!(&frame.task, Task::Compose(task) if task.shown == Some(shown)),
            Frame::Python(_) | Frame::Unwind(_) => false,
        });
        if again {
            return Ok(None);
        }
        // On the frame chain, where those inside find it.
        let task = Compose { parts: parts.into(), at: 0, text: Str::empty(), shown: Some(shown) };
        Ok(Some(Flow::Enter(Entry::again(task.into()))))
    }

    /// The repr of what makes the values of a `defaultdict`, `None` where it is being shown already.
    fn repr_of_factory(&mut self, factory: Value) -> Result<Option<Flow>, Raise> {
        match factory.handle() {
            Some(handle) => self.compose_repr(handle, vec![Part::Repr(factory)]),
            None => self.repr(factory).map(Some),
        }
    }

    /// Whether the repr of a value shows no other object.
    pub(in crate::machine) fn is_shown_plainly(&self, value: Value) -> bool {
        !matches!(
            self.heap.payload_of(value),
            Some(
                Payload::Plain
                    | Payload::Slots(_)
                    | Payload::List(_)
                    | Payload::Tuple(_)
                    | Payload::Dict(_)
                    | Payload::Set(_)
                    | Payload::Method { .. }
                    | Payload::Iter(_)
                    | Payload::Extension(_)
            )
        )
    }
}
