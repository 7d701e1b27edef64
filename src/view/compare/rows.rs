//! The rows of the is / == pane: a page of the record, oldest first, grouped under what had them asked.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::{Explainer, shown_answer};
use crate::machine::Machine;
use crate::machine::frame::FrameId;
use crate::machine::value::Value;
use crate::machine::verdict::{Answer, Means, Operand, Question, Verdict, Verdicts};
use crate::timeline::Step;
use crate::view::reason::Reason;
use crate::view::rows::Shown;
use crate::view::tags::{Identity, Tags};

/// How many evaluations a page has at most.
pub const PAGE: usize = 500;

/// How far an evaluation came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Outcome {
    /// A method written in Python is at work on it.
    Running,
    /// There is a verdict.
    Done,
    /// An exception came in between.
    Raised,
}

/// One evaluation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CompareRow {
    /// Which evaluation of the run it is, from 0.
    pub number: u64,
    /// The step that did it.
    pub step: Step,
    /// The source line.
    pub line: Option<u32>,
    /// `is`, `is not`, `==`, `!=`, `in`, `not in`.
    pub operator: &'static str,
    /// The left operand.
    pub left: Shown,
    /// The right operand.
    pub right: Shown,
    /// How far it came.
    pub outcome: Outcome,
    /// What came out; `None` where nothing has.
    pub verdict: Option<String>,
    /// Whether the two are one object.
    pub same_object: bool,
    /// Why; `None` while there is no verdict.
    pub reason: Option<Reason>,
    /// The same as a sentence, made of the real values.
    pub text: String,
    /// What it would be in the other mode, a file or line by line, and why; where that differs.
    pub otherwise: Option<String>,
    /// What had it asked: `in`, `case`, `chain`, the source of a call; empty for an operator of its own.
    pub cause: String,
    /// Whether it was asked within the work of an instruction: a container compares its items.
    pub inner: bool,
    /// Evaluations within the same work that came out like the one before and have no row.
    pub skipped: u64,
    /// Whether the last step did it.
    pub fresh: bool,
}

impl CompareRow {
    /// The reason in a few words; nothing while there is none.
    pub fn reason_words(&self) -> &'static str {
        match self.reason {
            Some(Reason::DunderEq) if self.operator.starts_with("is") => "two objects; == may say otherwise",
            Some(reason) => reason.short(),
            None => "",
        }
    }

    /// Whether it came out as `True` or `False`; a method may give anything.
    pub fn truth(&self) -> Option<bool> {
        match self.verdict.as_deref() {
            Some("True") => Some(true),
            Some("False") => Some(false),
            Some(_) | None => None,
        }
    }
}

/// A row of the pane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum CompareLine {
    /// What had the evaluations below it asked.
    Heading(Heading),
    /// An evaluation.
    Evaluation(Box<CompareRow>),
}

/// An operation that asked more than once on its way to a result which is no verdict itself: a sort, a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// The source line.
    pub line: Option<u32>,
    /// The operation, as the source has it.
    pub cause: String,
    /// How many evaluations it has had asked, as far as this page has them.
    pub count: u64,
}

/// A page of the record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ComparePane {
    /// The rows, oldest first.
    pub rows: Vec<CompareLine>,
    /// Which evaluations these are, of all that have come to an end and are worth keeping, in that order.
    pub numbers: Range<usize>,
    /// How many of those there are so far.
    pub count: usize,
}

impl ComparePane {
    /// The evaluations that have a row, oldest first.
    pub fn evaluations(&self) -> impl DoubleEndedIterator<Item = &CompareRow> {
        self.rows.iter().filter_map(|row| match row {
            CompareLine::Heading(_) => None,
            CompareLine::Evaluation(row) => Some(&**row),
        })
    }

    /// The evaluation in a row; for a heading, the first below it.
    pub fn at(&self, index: usize) -> Option<&CompareRow> {
        self.rows.get(index..)?.iter().find_map(|row| match row {
            CompareLine::Heading(_) => None,
            CompareLine::Evaluation(row) => Some(&**row),
        })
    }

    /// Whether the newest evaluations are on it.
    pub const fn is_newest(&self) -> bool {
        self.numbers.end >= self.count
    }

    /// Where the page before this one ends, if there is one.
    pub fn earlier(&self) -> Option<usize> {
        (self.numbers.start > 0).then_some(self.numbers.start)
    }

    /// Where the page behind this one ends, if there is one.
    pub fn later(&self) -> Option<usize> {
        (!self.is_newest()).then(|| (self.numbers.end + PAGE).min(self.count))
    }
}

/// Which page of the record is to be shown.
#[derive(Clone, Copy, Debug)]
pub(in crate::view) struct Wanted<'a> {
    /// The record up to the end of the page.
    pub record: &'a Verdicts,
    /// Whether those have rows, too, that a container or a search made on its way to an answer that another
    /// row has.
    pub all: bool,
}

/// A page, in the order in which its evaluations began.
pub(in crate::view) fn pane(
    machine: &Machine,
    wanted: Wanted<'_>,
    explainer: &mut Explainer,
    tags: &mut Tags,
) -> ComparePane {
    let Wanted { record, all } = wanted;
    let count = machine.verdicts.ended();
    let numbers = record.ended().saturating_sub(PAGE)..record.ended();
    // What waits has no place in that order yet; it belongs to the newest.
    let pending = if numbers.end == count { machine.verdicts.pending() } else { &[] };
    let mut kept: Vec<&Verdict> =
        pending.iter().rev().chain(record.done_since(numbers.start).rev()).collect();
    if !all {
        let minor = minor(kept.iter().copied().rev());
        kept.retain(|verdict| !minor.contains(&verdict.number));
    }
    kept.sort_by_key(|verdict| verdict.number);
    let mut rows = Vec::with_capacity(kept.len());
    let mut before: Option<&Verdict> = None;
    for verdict in kept {
        if explainer.is_hidden(verdict) {
            continue;
        }
        let last = before.filter(|before| before.origin == verdict.origin).map_or(0, |before| before.inner);
        let mut row = row(machine, record, explainer, tags, verdict);
        row.skipped = verdict.inner.saturating_sub(last + 1);
        rows.push((verdict, row));
        before = Some(verdict);
    }
    ComparePane { rows: grouped(rows), numbers, count }
}

/// The rows under headings, where an operation asked more than once and is no evaluation itself.
fn grouped(rows: Vec<(&Verdict, CompareRow)>) -> Vec<CompareLine> {
    let mut groups: FxHashMap<(FrameId, u64), Group> = FxHashMap::default();
    for (verdict, row) in &rows {
        let group = groups.entry(key(verdict)).or_default();
        group.is_answered |= verdict.inner == 0;
        group.rows += 1;
        group.asked += 1 + row.skipped;
    }
    let mut lines = Vec::with_capacity(rows.len());
    for (verdict, mut row) in rows {
        let group = groups.entry(key(verdict)).or_default();
        if verdict.inner > 0 && !group.is_answered && group.rows > 1 && !row.cause.is_empty() {
            if !std::mem::replace(&mut group.has_heading, true) {
                let (line, cause) = (row.line, row.cause.clone());
                lines.push(CompareLine::Heading(Heading { line, cause, count: group.asked }));
            }
            row.cause.clear();
        }
        lines.push(CompareLine::Evaluation(Box::new(row)));
    }
    lines
}

/// What one instruction has asked.
#[derive(Clone, Copy, Debug, Default)]
struct Group {
    /// Whether the instruction is a question itself, and has a row.
    is_answered: bool,
    rows: u64,
    asked: u64,
    has_heading: bool,
}

/// What evaluations of one instruction have in common: its frame, and the step that began it.
fn key(verdict: &Verdict) -> (FrameId, u64) {
    (verdict.origin.frame, verdict.origin.began)
}

/// The numbers of inner evaluations that say nothing of their own: those that ended before the last of an
/// instruction, and of two containers that are equal all; unless a method written in Python was asked.  The
/// verdicts come in the order in which they ended.
fn minor<'a>(kept: impl Iterator<Item = &'a Verdict> + Clone) -> FxHashSet<u64> {
    let mut minor = FxHashSet::default();
    // By the frame and the step that began an instruction.
    let mut last: FxHashMap<(FrameId, u64), u64> = FxHashMap::default();
    let mut plain: FxHashSet<(FrameId, u64)> = FxHashSet::default();
    for verdict in kept.clone() {
        let key = key(verdict);
        if verdict.inner == 0 {
            let equal = match (verdict.question, &verdict.answer) {
                (Question::Eq, Answer::Given(answer)) => answer.value == Value::TRUE,
                (Question::Ne, Answer::Given(answer)) => answer.value == Value::FALSE,
                _ => false,
            };
            if equal {
                plain.insert(key);
            }
        } else {
            last.insert(key, verdict.number);
        }
    }
    for verdict in kept.filter(|verdict| verdict.inner > 0) {
        let key = key(verdict);
        let asked = matches!(verdict.means, Means::Method { .. } | Means::Fallback { gave_up: Some(_) });
        if !asked && (plain.contains(&key) || last.get(&key) != Some(&verdict.number)) {
            minor.insert(verdict.number);
        }
    }
    minor
}

fn row(
    machine: &Machine,
    record: &Verdicts,
    explainer: &mut Explainer,
    tags: &mut Tags,
    verdict: &Verdict,
) -> CompareRow {
    let explanation = explainer.explain(machine, record, verdict);
    let mut shown = |operand: &Operand| Shown {
        kind: operand.class_name.to_string(),
        text: operand.shown(),
        tag: Some(tags.of_identity(Identity::new(operand.value, operand.born))),
    };
    let (operator, inverted) = explainer.operator(verdict);
    let (outcome, result) = match &verdict.answer {
        Answer::Pending => (Outcome::Running, None),
        Answer::Given(answer) => (Outcome::Done, Some(shown_answer(answer, inverted))),
        Answer::Raised => (Outcome::Raised, None),
    };
    CompareRow {
        number: verdict.number,
        step: Step(verdict.step),
        line: verdict.line(),
        operator,
        left: shown(&verdict.left),
        right: shown(&verdict.right),
        outcome,
        verdict: result,
        same_object: verdict.is_one_object(),
        reason: explanation.as_ref().map(|explanation| explanation.reason),
        text: explanation.as_ref().map(|explanation| explanation.text.clone()).unwrap_or_default(),
        otherwise: explanation.and_then(|explanation| explanation.otherwise.clone()),
        cause: explainer.cause(verdict),
        inner: verdict.inner > 0,
        skipped: 0,
        fresh: verdict.step == machine.steps(),
    }
}
