//! The is / == pane: every evaluation of an identity or equality test so far, newest last.

mod reason;

use serde::Serialize;

use super::rows::Shown;
use super::tags::Tags;
use crate::machine::Machine;
use crate::machine::verdict::{Operand, Question, Verdict};
use crate::timeline::Step;

/// How many of the last evaluations are shown.
const MOST: usize = 500;

/// One evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompareRow {
    /// The step that did it.
    pub step: Step,
    /// The source line.
    pub line: Option<u32>,
    /// `is`, `is not`, `==`, `!=`.
    pub operator: &'static str,
    /// The left operand.
    pub left: Shown,
    /// The right operand.
    pub right: Shown,
    /// What came out; `None` while a `__eq__` written in Python is at work on it.
    pub verdict: Option<String>,
    /// Whether the two are one object.
    pub same_object: bool,
    /// Why, in a few words; empty while there is no verdict.
    pub reason: String,
    /// Whether the last step did it.
    pub fresh: bool,
}

/// The last evaluations.
pub(super) fn rows(machine: &Machine, tags: &mut Tags) -> Vec<CompareRow> {
    let first = machine.verdicts.len().saturating_sub(MOST);
    machine.verdicts.since(first).map(|verdict| row(machine, tags, verdict)).collect()
}

fn row(machine: &Machine, tags: &mut Tags, verdict: &Verdict) -> CompareRow {
    let mut shown = |operand: &Operand| Shown {
        kind: operand.class.to_string(),
        text: operand.text.to_string(),
        tag: tags.of_past(&machine.heap, operand.value, verdict.step),
    };
    CompareRow {
        step: Step(verdict.step),
        line: verdict.line,
        operator: match verdict.question {
            Question::Is => "is",
            Question::IsNot => "is not",
            Question::Eq => "==",
            Question::Ne => "!=",
        },
        left: shown(&verdict.left),
        right: shown(&verdict.right),
        verdict: verdict.result.as_ref().map(|result| result.text.to_string()),
        same_object: verdict.left.value == verdict.right.value,
        reason: reason::reason(verdict),
        fresh: verdict.step == machine.steps(),
    }
}
