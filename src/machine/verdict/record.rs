//! Where evaluations are kept: the last ones, and those that wait for Python code.

use super::super::frame::FrameId;
use super::super::log::Log;
use super::{Answer, Means, Operand, Origin, Verdict};

/// How many evaluations are kept at least.
const KEPT: usize = 512;
/// How many inner evaluations of one instruction are kept one by one; of more, those that came out otherwise
/// than the one before.
const INNER: u64 = 100;

/// The last evaluations, in the order in which they came to an end.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    done: Log<Verdict>,
    /// Those that wait for an answer, the outermost first.
    pending: Vec<Verdict>,
    begun: u64,
    /// The instruction that had something asked last, how often, and the number and truth of the last answer.
    inner: Option<Inner>,
    /// Whether none is dropped within a step.
    keeps_steps: bool,
}

#[derive(Clone, Debug)]
struct Inner {
    origin: Origin,
    count: u64,
    last: Option<(u64, bool)>,
}

impl Verdicts {
    /// How many evaluations have begun.
    pub const fn begun(&self) -> u64 {
        self.begun
    }

    /// How many evaluations have come to an end; those are not among them that are never kept.
    pub fn ended(&self) -> usize {
        self.done.len()
    }

    /// Those that have come to an end since `ended` of them had, as far as they are kept.
    pub fn done_since(&self, ended: usize) -> impl DoubleEndedIterator<Item = &Verdict> {
        self.done.since(ended)
    }

    /// Those that have come to an end, oldest first, as far as they are kept.
    pub fn done(&self) -> impl DoubleEndedIterator<Item = &Verdict> {
        self.done.iter()
    }

    /// Those that wait for an answer, the outermost first.
    pub fn pending(&self) -> &[Verdict] {
        &self.pending
    }

    /// The one with this number, if it is kept.
    pub fn get(&self, number: u64) -> Option<&Verdict> {
        self.pending
            .iter()
            .find(|verdict| verdict.number == number)
            .or_else(|| self.done.iter().rev().find(|verdict| verdict.number == number))
    }

    /// From now on drops evaluations only here, so that all that one step gave are there behind it.
    pub fn keep_whole_steps(&mut self) {
        self.keeps_steps = true;
        self.done.keep_last(KEPT);
    }

    /// Forgets those that came to an end after `ended` others.
    pub fn end_at(&mut self, ended: usize) {
        self.done.truncate(ended);
    }

    /// The number of the next evaluation.
    pub(super) const fn next_number(&mut self) -> u64 {
        self.begun += 1;
        self.begun - 1
    }

    /// Counts an inner evaluation of `origin`, which has begun in this very step or, if not `fresh`, before; which
    /// one it is, from 1.
    pub(super) fn next_inner(&mut self, origin: &Origin, fresh: bool) -> u64 {
        match &mut self.inner {
            Some(inner) if inner.origin == *origin => {
                inner.count += 1;
                inner.count
            }
            _ => {
                let last = if fresh { None } else { self.last_of(origin) };
                let count = last.map_or(0, |(count, _)| count) + 1;
                let last = last.map(|(_, last)| last);
                self.inner = Some(Inner { origin: origin.clone(), count, last });
                count
            }
        }
    }

    /// Whether the inner evaluation just counted is worth a row of its own, should it come out as `holds`.
    pub(super) fn is_kept(&self, holds: bool) -> bool {
        self.inner
            .as_ref()
            .is_none_or(|inner| inner.count <= INNER || inner.last.is_none_or(|(_, last)| last != holds))
    }

    /// The last inner evaluation of an instruction that something else was asked after: which it was, its
    /// number, whether it held.
    fn last_of(&self, origin: &Origin) -> Option<(u64, (u64, bool))> {
        let kept =
            self.done.iter().rev().take(KEPT).find(|verdict| verdict.inner > 0 && verdict.origin == *origin);
        kept.map(|verdict| (verdict.inner, (verdict.number, holds(verdict))))
    }

    /// The inner evaluation of `origin` that came to an end last.
    pub(super) fn decider(&self, origin: &Origin) -> Option<u64> {
        let last = self.done.iter().next_back()?;
        (last.inner > 0 && last.origin == *origin).then_some(last.number)
    }

    /// Adds one that has its answer.
    pub(super) fn push(&mut self, verdict: Verdict) {
        if let Some(inner) = &mut self.inner
            && verdict.inner > 0
            && inner.origin == verdict.origin
        {
            inner.last = Some((verdict.number, holds(&verdict)));
        }
        self.done.push(verdict);
        if !self.keeps_steps {
            self.done.keep_last(KEPT);
        }
    }

    /// Adds one that waits for its answer.
    pub(super) fn wait(&mut self, verdict: Verdict) {
        self.pending.push(verdict);
    }

    /// The one that waits with this number, to change it.
    pub(super) fn waiting(&mut self, number: u64) -> Option<&mut Verdict> {
        self.pending.iter_mut().rev().find(|verdict| verdict.number == number)
    }

    /// The number of what an instruction of `frame` itself asked and waits for.
    pub(super) fn waiting_of(&self, frame: FrameId) -> Option<u64> {
        let mut newest_first = self.pending.iter().rev();
        newest_first
            .find(|verdict| verdict.inner == 0 && verdict.origin.frame == frame)
            .map(|verdict| verdict.number)
    }

    /// Whether nothing waits.
    pub(super) const fn nothing_waits(&self) -> bool {
        self.pending.is_empty()
    }

    /// Gives the one with this number its answer.
    pub(super) fn answer(&mut self, number: u64, answer: Operand) {
        let Some(at) = self.pending.iter().rposition(|verdict| verdict.number == number) else { return };
        // What began within it and has no answer yet gets none any more.
        self.raise_from(at + 1);
        if let Some(mut verdict) = self.pending.pop() {
            verdict.decided_by = if verdict.inner == 0 { self.decider(&verdict.origin) } else { None };
            verdict.answer = Answer::Given(answer);
            self.push(verdict);
        }
    }

    /// An exception came in between for the one with this number, and what began within it.
    pub(super) fn raise(&mut self, number: u64) {
        if let Some(at) = self.pending.iter().rposition(|verdict| verdict.number == number) {
            self.raise_from(at);
        }
    }

    /// The same for everything that the current instruction of `frame` waits for.
    pub(super) fn raise_of(&mut self, frame: FrameId) {
        if let Some(at) = self.pending.iter().position(|verdict| verdict.origin.frame == frame) {
            self.raise_from(at);
        }
    }

    fn raise_from(&mut self, at: usize) {
        for mut verdict in self.pending.split_off(at) {
            verdict.answer = Answer::Raised;
            self.push(verdict);
        }
    }
}

/// Whether an evaluation came out as `True`.
fn holds(verdict: &Verdict) -> bool {
    match &verdict.answer {
        Answer::Given(answer) => answer.value == super::Value::TRUE,
        Answer::Pending | Answer::Raised => false,
    }
}

/// What an evaluation begins with: nobody has answered yet.
pub(super) const NOBODY: Means = Means::Values;
