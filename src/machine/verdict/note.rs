//! Noting evaluations while the machine runs.

use std::rc::Rc;

use smallvec::SmallVec;

use super::super::Machine;
use super::super::frame::{Frame, FrameId};
use super::super::object::{Payload, types};
use super::super::table::Sameness;
use super::super::value::{Kind, Value};
use super::record::NOBODY;
use super::{Answer, Form, Means, Operand, Origin, Question, Shared, Verdict};
use crate::machine::heap::Heap;

/// The stored keys that a lookup compared with the one looked for, and what came out.
pub(in crate::machine) type Asked = SmallVec<[(Value, Sameness); 2]>;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::machine) enum Asker {
    /// The instruction itself.
    Instruction,
    /// Something that the instruction does on its way.
    Within,
}

impl Machine {
    /// Stops keeping a record of comparisons: nobody is going to look at it.
    pub const fn forget_verdicts(&mut self) {
        self.records_verdicts = false;
    }

    /// Notes an evaluation whose answer is there.
    #[inline]
    pub(in crate::machine) fn note_verdict(
        &mut self,
        (asker, question): (Asker, Question),
        (left, right): (Value, Value),
        means: Means,
        result: Value,
    ) {
        if self.records_verdicts {
            self.keep_verdict((asker, question), (left, right), means, result);
        }
    }

    fn keep_verdict(
        &mut self,
        (asker, question): (Asker, Question),
        (left, right): (Value, Value),
        means: Means,
        result: Value,
    ) {
        let Some((origin, inner)) = self.asking(asker) else { return };
        if inner > 0 && !self.verdicts.is_kept(result == Value::TRUE) {
            self.verdicts.next_number();
            return;
        }
        let mut verdict = self.verdict(origin, inner, question, left, right);
        verdict.means = means;
        verdict.answer = Answer::Given(self.operand(result));
        self.verdicts.push(verdict);
    }

    /// Notes an evaluation whose answer comes later, by [`Machine::settle_verdict`] with its number.
    pub(in crate::machine) fn begin_verdict(
        &mut self,
        asker: Asker,
        question: Question,
        left: Value,
        right: Value,
    ) -> Option<u64> {
        if !self.records_verdicts {
            return None;
        }
        let (origin, inner) = self.asking(asker)?;
        let verdict = self.verdict(origin, inner, question, left, right);
        let number = verdict.number;
        self.verdicts.wait(verdict);
        Some(number)
    }

    /// Notes who is about to answer an evaluation.
    pub(in crate::machine) fn note_means(&mut self, number: Option<u64>, means: impl FnOnce(&Heap) -> Means) {
        if let Some(number) = number
            && let Some(verdict) = self.verdicts.waiting(number)
        {
            verdict.means = means(&self.heap);
        }
    }

    /// The last method written in Python that was noted for an evaluation.
    pub(in crate::machine) fn noted_method(&mut self, number: Option<u64>) -> Option<Rc<str>> {
        match &self.verdicts.waiting(number?)?.means {
            Means::Method { name, .. } => Some(Rc::clone(name)),
            Means::Identity | Means::Values | Means::Default | Means::Items | Means::Fallback { .. } => None,
        }
    }

    /// Notes the answer to an evaluation.
    pub(in crate::machine) fn settle_verdict(&mut self, number: Option<u64>, result: Value) {
        if let Some(number) = number {
            let result = self.operand(result);
            self.verdicts.answer(number, result);
        }
    }

    /// Notes the answer to what the instruction of the frame on top itself asked.
    pub(in crate::machine) fn settle_instruction(&mut self, result: Value) {
        if !self.verdicts.nothing_waits() {
            let number = self.verdicts.waiting_of(self.frame().id);
            self.settle_verdict(number, result);
        }
    }

    /// An exception came in between for an evaluation.
    pub(in crate::machine) fn raise_verdict(&mut self, number: Option<u64>) {
        if let Some(number) = number {
            self.verdicts.raise(number);
        }
    }

    /// An exception reached a frame: whatever its instruction asked has no answer.
    pub(in crate::machine) fn raise_verdicts_of(&mut self, frame: FrameId) {
        if !self.verdicts.nothing_waits() {
            self.verdicts.raise_of(frame);
        }
    }

    /// Notes what a lookup in a dict or set compared: the stored keys that hash like `key`, and whether it
    /// found `key` itself, which needs no comparison.
    pub(in crate::machine) fn note_lookup(&mut self, key: Value, asked: &Asked, is_there: bool) {
        if !self.records_verdicts {
            return;
        }
        for (stored, sameness) in asked {
            let equal = match sameness {
                Sameness::Same => Value::TRUE,
                Sameness::Different => Value::FALSE,
                // Its types have to be asked, and that is noted then.
                Sameness::Unknown => continue,
            };
            self.note_verdict((Asker::Within, Question::Eq), (*stored, key), Means::Values, equal);
        }
        if is_there {
            self.note_verdict((Asker::Within, Question::Eq), (key, key), Means::Identity, Value::TRUE);
        }
    }

    /// The newest Python frame's instruction, and which of the evaluations within its work comes now, 0 for its
    /// own; `None` where no Python code asks, as at the end of the program.
    fn asking(&mut self, asker: Asker) -> Option<(Origin, u64)> {
        let frame = self.thread.frames.iter().rev().find_map(|frame| match frame {
            Frame::Python(frame) => Some(frame),
            Frame::Native(_) | Frame::Unwind(_) => None,
        })?;
        let began = if self.in_native { frame.since } else { self.steps };
        let origin = Origin {
            frame: frame.id,
            code: Rc::clone(&frame.code),
            code_handle: frame.code_handle,
            at: frame.last,
            began,
        };
        let inner = match asker {
            Asker::Instruction => 0,
            Asker::Within => self.verdicts.next_inner(&origin, began == self.steps),
        };
        Some((origin, inner))
    }

    /// An evaluation without an answer.
    fn verdict(
        &mut self,
        origin: Origin,
        inner: u64,
        question: Question,
        left: Value,
        right: Value,
    ) -> Verdict {
        let one_object = left == right;
        let by_identity = matches!(question, Question::Is | Question::IsNot);
        Verdict {
            number: self.verdicts.next_number(),
            step: self.steps,
            origin,
            inner,
            question,
            left: self.operand(left),
            right: self.operand(right),
            equal: if by_identity && !one_object { self.values_equal(left, right) } else { None },
            shared: if one_object { self.shared(left) } else { Shared::No },
            means: NOBODY,
            answer: Answer::Pending,
            decided_by: None,
        }
    }

    fn operand(&self, value: Value) -> Operand {
        let class = self.heap.class_of(value);
        let (form, born) = match value.kind() {
            Kind::Object(handle) => {
                let object = self.heap.get(handle);
                let form = match object.payload() {
                    Payload::Str(text) if class == types::STR => Form::Str(text.text.clone()),
                    Payload::Plain | Payload::Slots(_) => Form::Plain,
                    _ => Form::Text(self.heap.glimpse(value, super::BRIEF).into()),
                };
                (form, Some(object.born))
            }
            _ => (Form::Value, None),
        };
        Operand { value, born, class, class_name: Rc::clone(&self.heap.class(class).name), form }
    }

    fn shared(&self, value: Value) -> Shared {
        let Some(handle) = value.handle() else { return Shared::No };
        match self.heap.payload(handle) {
            Payload::Str(text) if text.text.len() <= 1 && self.heap.count(handle).is_none() => Shared::Cached,
            Payload::Str(text) if text.interned => Shared::Interned,
            Payload::Bytes(_) if self.heap.count(handle).is_none() => Shared::Cached,
            Payload::Tuple(_) if handle == types::EMPTY_TUPLE => Shared::Cached,
            _ => Shared::No,
        }
    }
}
