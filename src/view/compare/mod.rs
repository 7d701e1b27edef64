//! The is / == pane: every evaluation of an identity or equality test so far, newest last, each with its reason.

mod constants;
mod judge;
mod provenance;
mod sentence;
mod twin;

use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::reason::Reason;
use super::rows::Shown;
use super::source::{SourceText, Span};
use super::tags::{Identity, Tags};
use crate::code::{CodeUnit, Location, Opcode};
use crate::machine::Machine;
use crate::machine::frame::FrameId;
use crate::machine::object::code::LoadedCode;
use crate::machine::value::{Kind, Value};
use crate::machine::verdict::{Answer, Means, Operand, Question, Verdict, Verdicts};
use crate::text::Outline;
use crate::timeline::{self, Step};
use constants::{Constants, Place};
use provenance::{Provenance, Site};

/// How many of the last evaluations are shown.
const MOST: usize = 500;
/// How many places of the source a constant is told to stand at.
const MOST_SITES: usize = 3;
/// How many explanations are kept.
const KEPT: usize = 4096;

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
    /// Whether it came out as `True` or `False`; a method may give anything.
    pub fn truth(&self) -> Option<bool> {
        match self.verdict.as_deref() {
            Some("True") => Some(true),
            Some("False") => Some(false),
            Some(_) | None => None,
        }
    }
}

/// Why a verdict came out as it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The reason.
    pub reason: Reason,
    /// A sentence, made of the real values.
    pub text: String,
    /// What it would be in the other mode, and why; where that differs.
    pub otherwise: Option<String>,
}

/// Finds reasons for verdicts; it keeps what is the same from one verdict to the next.
#[derive(Debug, Default)]
pub struct Explainer {
    constants: Constants,
    provenance: Provenance,
    /// The text of the program, which code of a compiled file does not know.
    script: Option<Rc<SourceText>>,
    /// The outline of the program, where it is known.
    outline: Rc<Outline>,
    /// Whether each top-level statement was compiled by itself.
    line_by_line: bool,
    /// By the number of the evaluation, which is the same whichever way one moves in time.
    known: FxHashMap<u64, Option<Rc<Explanation>>>,
}

impl Explainer {
    /// An explainer that knows the text of the program.
    pub fn new(source: Rc<SourceText>) -> Self {
        Self { script: Some(source), ..Self::default() }
    }

    /// Tells it where the program's statements are, and whether each was compiled by itself.
    pub fn set_outline(&mut self, outline: Rc<Outline>, line_by_line: bool) {
        self.outline = outline;
        self.line_by_line = line_by_line;
    }

    /// Why a verdict of `machine` came out as it did; `None` while there is none.
    pub fn explain(&mut self, machine: &Machine, verdict: &Verdict) -> Option<Rc<Explanation>> {
        if let Some(known) = self.known.get(&verdict.number) {
            return known.clone();
        }
        if matches!(verdict.answer, Answer::Pending) {
            return None;
        }
        self.constants.learn(&machine.loaded);
        let sites = self.sites(verdict);
        let explanation = self.judge(&machine.verdicts, verdict, &sites).map(|reason| {
            let text = self.sentence(&machine.verdicts, verdict, reason, &sites);
            let otherwise = self.otherwise(verdict, reason, &sites);
            Rc::new(Explanation { reason, text, otherwise })
        });
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        self.known.insert(verdict.number, explanation.clone());
        explanation
    }

    /// Where an object is a constant, if it is one.
    pub fn constant(&mut self, machine: &Machine, value: Value, born: Option<u64>) -> Option<String> {
        self.constants.learn(&machine.loaded);
        let identity = Identity::new(value, born);
        let place = self.place_of(identity)?;
        let sources = self.written(identity);
        Some(if sources.is_empty() { place } else { format!("{place}: {}", sources.join(", ")) })
    }

    /// Where the source has a constant: `1000` on line 3, and what the compiler folded to it.
    fn written(&mut self, identity: Identity) -> Vec<String> {
        let Self { constants, provenance, .. } = self;
        let places = constants.places(identity).iter();
        let sites: Vec<Site> =
            places.flat_map(|place| provenance.loads(&place.code, place.slot, place.item)).collect();
        let mut told: Vec<String> = Vec::new();
        for site in &sites {
            let Some(line) = site.location.line() else { continue };
            let text = self.excerpt(&site.code, site.location).map(|text| sentence::short(&text));
            told.push(match text {
                Some(text) if self.is_folded(site) => format!("folded from `{text}` on line {line}"),
                Some(text) => format!("`{text}` on line {line}"),
                None => format!("on line {line}"),
            });
        }
        told.dedup();
        let more = told.len().saturating_sub(MOST_SITES);
        told.truncate(MOST_SITES);
        if more > 0 {
            told.push(format!("{more} more"));
        }
        told
    }

    /// Where a constant stands, if it can be in the code that runs: `constant 1 of <module>`.
    fn constant_place(&self, verdict: &Verdict) -> Option<String> {
        let places = self.constants.places(Identity::new(verdict.left.value, verdict.left.born));
        let here = places.iter().find(|place| Rc::ptr_eq(&place.code, &verdict.origin.code));
        here.or(places.first()).map(place_text)
    }

    fn place_of(&self, identity: Identity) -> Option<String> {
        let places = self.constants.places(identity);
        let mut texts: Vec<String> = places.iter().map(place_text).collect();
        texts.dedup();
        let more = texts.len().saturating_sub(3);
        texts.truncate(3);
        let last = texts.pop()?;
        Some(match (texts.is_empty(), more) {
            (true, _) => last,
            (false, 0) => format!("{} and {last}", texts.join(", ")),
            (false, _) => format!("{}, {last} and {more} more", texts.join(", ")),
        })
    }

    /// The source text of a location, where it is at hand and on one line.
    fn excerpt(&self, code: &LoadedCode, location: Location) -> Option<String> {
        let span = Span::of(location)?;
        let script = self.script.as_ref().filter(|script| *script.name == *code.code.filename);
        let line_of = |line: usize| match script {
            Some(script) => script.lines.get(line).map(|line| &**line),
            None => code.source.as_ref()?.split('\n').nth(line),
        };
        let mut text = String::new();
        for line in span.line..=span.end_line {
            let whole = line_of((line as usize).checked_sub(1)?)?;
            let (from, to) = span.on_line(line)?;
            if line > span.line {
                text.push('\n');
            }
            text.push_str(whole.get(from..to.min(whole.len()))?);
        }
        Some(text)
    }

    /// How the source calls the two operands of an instruction; where that cannot be told, what they are.
    fn operand_names(&mut self, verdict: &Verdict) -> (String, String) {
        let (code, at) = (&verdict.origin.code, verdict.origin.at);
        let mut name = |depth, side: &str| {
            let location = self.provenance.pushed_from(code, at, depth);
            let text = location.and_then(|location| self.excerpt(code, location));
            match text {
                Some(text) if text.len() <= 40 && !text.contains('\n') => format!("`{text}`"),
                _ => side.to_owned(),
            }
        };
        (name(1, "the left side"), name(0, "the right side"))
    }

    /// Whether it is a test for None that no program asked for.
    fn is_hidden(&mut self, verdict: &Verdict) -> bool {
        let (code, at) = (&verdict.origin.code, verdict.origin.at);
        tests_for_none(code, at) && self.provenance.is_hidden_test(code, at)
    }

    /// How a question is written.  A test for None that jumps is one instruction, whether it is written as
    /// `is` or `is not`: whether the source has the opposite of it.
    fn operator(&self, verdict: &Verdict) -> (&'static str, bool) {
        let (code, at) = (&verdict.origin.code, verdict.origin.at);
        let source = || self.excerpt(code, code.location_at(at)?);
        if tests_for_none(code, at) && source().is_some_and(|text| text.contains("is not")) {
            return ("is not", true);
        }
        (operator(verdict.question), false)
    }

    /// What had an evaluation asked, where that is not plain from the operator.
    fn cause(&mut self, verdict: &Verdict) -> String {
        let (code, at) = (&verdict.origin.code, verdict.origin.at);
        let Some(location) = code.location_at(at) else { return String::new() };
        if verdict.inner == 0 {
            let place = u32::try_from(location.line).ok().zip(u32::try_from(location.column).ok());
            let is_pattern = place.is_some_and(|place| self.outline.is_pattern(place));
            let is_chain = self.provenance.is_chained(code, at);
            return if is_pattern {
                "case"
            } else if is_chain {
                "chain"
            } else {
                ""
            }
            .to_owned();
        }
        let source = || self.excerpt(code, location).map(|text| sentence::short(&text)).unwrap_or_default();
        match timeline::instruction_at(code, at) {
            Some((Opcode::CONTAINS_OP, _)) => "in".to_owned(),
            Some((Opcode::COMPARE_OP, _)) => "items".to_owned(),
            Some((Opcode::MATCH_KEYS, _)) => "case".to_owned(),
            Some((Opcode::BINARY_OP | Opcode::STORE_SUBSCR | Opcode::DELETE_SUBSCR, _)) => "key".to_owned(),
            _ => source(),
        }
    }
}

fn place_text(place: &Place) -> String {
    let name = &place.code.code.qualname;
    match place.item {
        Some(item) => format!("item {item} of constant {} of {name}", place.slot),
        None => format!("constant {} of {name}", place.slot),
    }
}

/// Whether an instruction tests for None and jumps.
fn tests_for_none(code: &LoadedCode, at: CodeUnit) -> bool {
    matches!(code.opcode(at), Some(Opcode::POP_JUMP_IF_NONE | Opcode::POP_JUMP_IF_NOT_NONE))
}

/// A verdict, or its opposite.
fn shown_answer(answer: &Operand, inverted: bool) -> String {
    match answer.value.kind() {
        Kind::Bool(value) if inverted => if value { "False" } else { "True" }.to_owned(),
        _ => answer.shown(),
    }
}

/// How a question is written.
const fn operator(question: Question) -> &'static str {
    match question {
        Question::Is => "is",
        Question::IsNot => "is not",
        Question::Eq => "==",
        Question::Ne => "!=",
        Question::In => "in",
        Question::NotIn => "not in",
    }
}

/// The last evaluations, in the order in which they began.  Without `all`, those are left out that a container
/// or a search made on its way to an answer that another row has.
pub(super) fn rows(
    machine: &Machine,
    explainer: &mut Explainer,
    tags: &mut Tags,
    all: bool,
) -> Vec<CompareRow> {
    let pending = machine.verdicts.pending().iter().rev();
    let mut kept: Vec<&Verdict> = pending.chain(machine.verdicts.done().rev()).take(MOST).collect();
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
        let mut row = row(machine, explainer, tags, verdict);
        row.skipped = verdict.inner.saturating_sub(last + 1);
        rows.push(row);
        before = Some(verdict);
    }
    rows
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
        let key = (verdict.origin.frame, verdict.origin.began);
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
        let key = (verdict.origin.frame, verdict.origin.began);
        let asked = matches!(verdict.means, Means::Method { .. } | Means::Fallback { gave_up: Some(_) });
        if !asked && (plain.contains(&key) || last.get(&key) != Some(&verdict.number)) {
            minor.insert(verdict.number);
        }
    }
    minor
}

fn row(machine: &Machine, explainer: &mut Explainer, tags: &mut Tags, verdict: &Verdict) -> CompareRow {
    let explanation = explainer.explain(machine, verdict);
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

/// What came out, for a row of a trace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Came {
    /// `True` or `False`.
    Bool(bool),
    /// Another object, which an `__eq__` may give.
    Other(String),
}

/// What an instruction asks, for a row of a trace.
#[derive(Clone, Debug, Serialize)]
pub struct IdentityRow {
    /// `is`, `is not`, `==`, `!=`, `in`, `not in`.
    pub op: &'static str,
    /// The left operand.
    pub left: String,
    /// The right operand.
    pub right: String,
    /// What came out; null where an exception came in between, or the answer takes very long.
    pub verdict: Option<Came>,
    /// Why.
    pub reason: Option<Reason>,
    /// The same as a sentence.
    pub text: String,
}

impl Explainer {
    /// What the instruction asked that the step `step` ran, if it asked anything.
    pub fn of_step(&mut self, machine: &Machine, step: u64) -> Option<IdentityRow> {
        let verdict = of_step(&machine.verdicts, step)?;
        let explanation = self.explain(machine, verdict);
        if self.is_hidden(verdict) {
            return None;
        }
        let (operator, inverted) = self.operator(verdict);
        let shown = |operand: &Operand| format!("{} {}", operand.class_name, operand.shown());
        Some(IdentityRow {
            op: operator,
            left: shown(&verdict.left),
            right: shown(&verdict.right),
            verdict: match &verdict.answer {
                Answer::Given(answer) => Some(match answer.value.kind() {
                    Kind::Bool(value) => Came::Bool(value != inverted),
                    _ => Came::Other(answer.shown()),
                }),
                Answer::Pending | Answer::Raised => None,
            },
            reason: explanation.as_ref().map(|explanation| explanation.reason),
            text: explanation.map(|explanation| explanation.text.clone()).unwrap_or_default(),
        })
    }
}

/// What the instruction of a step itself asked.
pub fn of_step(verdicts: &Verdicts, step: u64) -> Option<&Verdict> {
    let is_it = |verdict: &&Verdict| verdict.inner == 0 && verdict.step == step;
    let waits = verdicts.pending().iter().find(is_it);
    waits.or_else(|| verdicts.done().rev().find(is_it))
}

/// The answer as a value, where there is one.
pub fn answer(verdict: &Verdict) -> Option<Value> {
    match &verdict.answer {
        Answer::Given(answer) => Some(answer.value),
        Answer::Pending | Answer::Raised => None,
    }
}
