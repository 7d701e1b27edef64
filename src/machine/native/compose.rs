//! Texts put together from the `str()` and `repr()` of values, either of which may be Python code.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::text::Str;
use crate::machine::value::Value;

/// One part of a text.
#[derive(Clone, Debug, Hash)]
pub enum Part {
    /// This text.
    Text(Str),
    /// `str()` of a value.
    Str(Value),
    /// `repr()` of a value.
    Repr(Value),
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
                Part::Repr(value) => machine.repr(*value)?,
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
                Part::Str(value) | Part::Repr(value) => visit(*value),
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
        self.begin(Compose { parts: parts.into(), at: 0, text: Str::empty() })
    }
}
