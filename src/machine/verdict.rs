//! The record of comparisons: every `is` and `==` an instruction evaluated, with its verdict.

use std::rc::Rc;

use super::Machine;
use super::frame::FrameId;
use super::value::{Handle, Value};
use crate::code::CodeUnit;

/// What was asked of the two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    /// `is`.
    Is,
    /// `is not`.
    IsNot,
    /// `==`.
    Eq,
    /// `!=`.
    Ne,
}

/// An operand as it was when it was compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Operand {
    /// The value; its handle may belong to another object by now.
    pub value: Value,
    /// The name of its type.
    pub class: Rc<str>,
    /// A short form of it, made without running any Python code.
    pub text: Rc<str>,
}

/// One evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Verdict {
    /// The step that asked.
    pub step: u64,
    /// The frame that asked.
    pub frame: FrameId,
    /// The code object, at the time.
    pub code: Handle,
    /// The instruction.
    pub at: CodeUnit,
    /// The source line, where the instruction has one.
    pub line: Option<u32>,
    /// What was asked.
    pub question: Question,
    /// The left operand.
    pub left: Operand,
    /// The right operand.
    pub right: Operand,
    /// Whether Python code ran for the answer: an `__eq__` of the program's own.
    pub ran_python: bool,
    /// The answer, once there is one: `==` may run a Python function first, and may give any object.
    pub result: Option<Operand>,
}

/// The longest short form of an operand, in characters.
const BRIEF: usize = 60;

impl Machine {
    /// Stops keeping a record of comparisons: nobody is going to look at it.
    pub const fn forget_verdicts(&mut self) {
        self.records_verdicts = false;
    }

    /// Notes an evaluation; the answer is noted now, or by [`Machine::settle_verdict`].
    pub(super) fn note_verdict(
        &mut self,
        question: Question,
        left: Value,
        right: Value,
        result: Option<Value>,
    ) {
        if !self.records_verdicts {
            return;
        }
        let frame = self.frame();
        let (id, code, at) = (frame.id, frame.code_handle, frame.last);
        let line = frame.code.line_at(at);
        let verdict = Verdict {
            step: self.steps,
            frame: id,
            code,
            at,
            line,
            question,
            left: self.operand(left),
            right: self.operand(right),
            ran_python: false,
            result: result.map(|result| self.operand(result)),
        };
        self.verdicts.push(verdict);
    }

    /// Notes the answer to the latest evaluation that the frame on top waits for.
    pub(super) fn settle_verdict(&mut self, result: Value) {
        if !self.records_verdicts {
            return;
        }
        let id = self.frame().id;
        let number = (0..self.verdicts.len()).rev().find(|number| {
            self.verdicts.get(*number).is_some_and(|verdict| verdict.frame == id && verdict.result.is_none())
        });
        let (result, step) = (self.operand(result), self.steps);
        if let Some(verdict) = number.and_then(|number| self.verdicts.get_mut(number)) {
            verdict.ran_python = verdict.step != step;
            verdict.result = Some(result);
        }
    }

    fn operand(&self, value: Value) -> Operand {
        let class = Rc::clone(&self.heap.class(self.heap.class_of(value)).name);
        Operand { value, class, text: self.heap.brief(value, BRIEF).into() }
    }
}
