//! All matches of a subject, one behind the other: `findall`, `split`, `sub`.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::frame::Flow;
use super::super::super::heap::Heap;
use super::super::super::native::{Advance, Input, JoinPieces, NativeTask, Progress};
use super::super::super::raise::Raise;
use super::super::super::value::{Handle, Value};
use super::FUEL;
use super::engine::{Matcher, Outcome};

/// What a match costs besides the looking for it: an object or two are made for it.
const COST_OF_MATCH: u32 = 20;

/// What is put in the place of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Replacement {
    /// This.
    Literal(Value),
    /// What this template gives.
    Template(Value),
    /// What this gives, called with the match.
    Callable(Value),
}

impl Replacement {
    const fn value(self) -> Value {
        match self {
            Self::Literal(value) | Self::Template(value) | Self::Callable(value) => value,
        }
    }
}

/// What is done with the matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Work {
    FindAll,
    Split,
    /// The replacement, and whether the number of matches is wanted, too.
    Replace(Replacement, bool),
}

/// Goes through all matches.
#[derive(Clone, Debug, Hash)]
pub struct Sweep {
    matcher: Matcher,
    pattern: Value,
    subject: Value,
    work: Work,
    /// What it has so far: a list.
    pieces: Handle,
    /// How many matches it still takes.
    left: Option<usize>,
    taken: usize,
    /// Where the last one ended.
    behind: usize,
}

impl Sweep {
    fn new(m: &mut Machine, matcher: Matcher, pattern: Value, subject: Value, work: Work) -> Self {
        let pieces = m.heap.list(Vec::new()).handle().expect("a list is a heap object");
        Self { matcher, pattern, subject, work, pieces, left: None, taken: 0, behind: 0 }
    }

    /// The list of what the matches are.
    pub fn find_all(m: &mut Machine, matcher: Matcher, pattern: Value, subject: Value) -> Self {
        Self::new(m, matcher, pattern, subject, Work::FindAll)
    }

    /// The list of what lies between the matches.
    pub fn split(
        m: &mut Machine,
        matcher: Matcher,
        pattern: Value,
        subject: Value,
        most: Option<usize>,
    ) -> Self {
        Self { left: most, ..Self::new(m, matcher, pattern, subject, Work::Split) }
    }

    /// The subject with something else in the place of the matches.
    pub fn replace(
        m: &mut Machine,
        matcher: Matcher,
        (pattern, subject): (Value, Value),
        replacement: Replacement,
        most: Option<usize>,
        with_count: bool,
    ) -> Self {
        let work = Work::Replace(replacement, with_count);
        Self { left: most, ..Self::new(m, matcher, pattern, subject, work) }
    }

    const fn name(&self) -> &'static str {
        match self.work {
            Work::FindAll => "findall",
            Work::Split => "split",
            Work::Replace(_, false) => "sub",
            Work::Replace(_, true) => "subn",
        }
    }

    fn push(&self, m: &mut Machine, piece: Value) {
        m.heap.list_push(self.pieces, piece);
    }

    /// What lies between the match before and this place.
    fn push_between(&self, m: &mut Machine, end: usize) {
        let between = m.subject_slice(self.subject, self.behind, end);
        self.push(m, between);
    }

    /// Works on the match that was found; what has to be waited for is the piece in its place.
    fn take(&mut self, m: &mut Machine, groups: usize) -> Result<Option<Flow>, Raise> {
        let (start, end) = self.matcher.span();
        let mut wait = None;
        match self.work {
            Work::FindAll => {
                let item = match groups {
                    0 => m.subject_slice(self.subject, start, end),
                    1 => self.group_or_empty(m, 0),
                    _ => {
                        let items = (0..groups).map(|group| self.group_or_empty(m, group)).collect();
                        m.heap.tuple(items)
                    }
                };
                self.push(m, item);
            }
            Work::Split => {
                self.push_between(m, start);
                for group in 0..groups {
                    let item = m.subject_group(self.subject, self.matcher.group(group));
                    self.push(m, item.unwrap_or(Value::NONE));
                }
            }
            Work::Replace(replacement, _) => {
                if self.behind < start {
                    self.push_between(m, start);
                }
                wait = Some(self.replacement(m, replacement)?);
            }
        }
        self.taken += 1;
        self.behind = end;
        self.left = self.left.map(|left| left - 1);
        self.matcher.again();
        Ok(wait)
    }

    fn group_or_empty(&self, m: &mut Machine, group: usize) -> Value {
        let (start, end) = self.matcher.group(group).unwrap_or_default();
        m.subject_slice(self.subject, start, end)
    }

    fn replacement(&self, m: &mut Machine, replacement: Replacement) -> Result<Flow, Raise> {
        Ok(match replacement {
            Replacement::Literal(value) => value.into(),
            Replacement::Template(template) => {
                let group = |group: usize| match group.checked_sub(1) {
                    None => Some(self.matcher.span()),
                    Some(group) => self.matcher.group(group),
                };
                m.expand(template, self.pattern, self.subject, group)?.into()
            }
            Replacement::Callable(callable) => {
                let found = m.new_match(self.pattern, self.subject, &self.matcher)?;
                m.call(callable, Args::new([found]))?
            }
        })
    }

    /// A piece has come for the last match.
    fn replaced(&self, m: &mut Machine, piece: Value) {
        if !piece.is_none() {
            self.push(m, piece);
        }
    }

    /// There are no more matches.
    fn finish(self, m: &mut Machine) -> Advance {
        let (_, end) = self.matcher.bounds();
        let pieces = Value::object(self.pieces);
        match self.work {
            Work::FindAll => Ok(Progress::Done(pieces)),
            Work::Split => {
                self.push_between(m, end);
                Ok(Progress::Done(pieces))
            }
            Work::Replace(_, with_count) => {
                if self.behind < end {
                    self.push_between(m, end);
                }
                let empty = m.subject_slice(self.subject, 0, 0);
                let joined = m.begin(JoinPieces::new(empty, pieces))?;
                if !with_count {
                    return Ok(joined.into());
                }
                let count = m.heap.int(self.taken as i64);
                let parts = Args::new([Value::NONE, count]);
                let flow = m.continue_with("subn", joined, parts, 0, |m, args| {
                    Ok(m.heap.tuple(vec![args.at(0), args.at(1)]).into())
                })?;
                Ok(flow.into())
            }
        }
    }
}

impl NativeTask for Sweep {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        if let Input::Value(piece) = input {
            self.replaced(m, piece);
        }
        let program = m.pattern(self.pattern).program.clone();
        let mut fuel = FUEL;
        while self.left != Some(0) {
            match self.matcher.go_on(&m.heap, &program, self.subject, &mut fuel) {
                Outcome::Matched => {}
                Outcome::Failed => break,
                Outcome::Paused => return Ok(Progress::Again(self.into())),
                outcome @ (Outcome::NoRoom | Outcome::Shrunk) => return Err(m.matching_error(outcome)),
            }
            fuel = fuel.saturating_sub(COST_OF_MATCH);
            match self.take(m, program.groups)? {
                None => {}
                Some(Flow::Value(piece)) => self.replaced(m, piece),
                Some(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
        self.finish(m)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.pattern);
        visit(self.subject);
        visit(Value::object(self.pieces));
        if let Work::Replace(replacement, _) = self.work {
            visit(replacement.value());
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        format!("{}: match {} at character {}", self.name(), self.taken + 1, self.matcher.at())
    }
}
