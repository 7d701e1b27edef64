//! The is / == pane: every evaluation of an identity or equality test so far, newest last, each with its reason.

mod constants;
mod judge;
mod provenance;
mod rows;
mod sentence;
mod twin;

use std::rc::Rc;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::reason::Reason;
use super::source::{SourceText, Span};
use super::tags::Identity;
use crate::code::{CodeUnit, Location, Opcode};
use crate::machine::Machine;
use crate::machine::object::code::LoadedCode;
use crate::machine::value::{Kind, Value};
use crate::machine::verdict::{Answer, Operand, Origin, Question, Verdict, Verdicts};
use crate::text::Outline;
use crate::timeline;
use constants::{Constants, Place};
use provenance::{Provenance, Site};
pub use rows::{CompareLine, ComparePane, CompareRow, Heading, Outcome, PAGE};
pub(super) use rows::{Wanted, pane};

/// How many places of the source a constant is told to stand at.
const MOST_SITES: usize = 3;
/// How many explanations are kept.
const KEPT: usize = 4096;

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

    /// Why a verdict of a run of `machine` came out as it did; `record` is where the evaluations within it are
    /// kept.  `None` while there is no verdict.
    pub fn explain(
        &mut self,
        machine: &Machine,
        record: &Verdicts,
        verdict: &Verdict,
    ) -> Option<Rc<Explanation>> {
        if let Some(known) = self.known.get(&verdict.number) {
            return known.clone();
        }
        if matches!(verdict.answer, Answer::Pending) {
            return None;
        }
        self.constants.learn(&machine.loaded);
        let sites = self.sites(verdict);
        let explanation = self.judge(record, verdict, &sites).map(|reason| {
            let text = self.sentence(record, verdict, reason, &sites);
            let otherwise = self.otherwise(verdict, reason, &sites);
            Rc::new(Explanation { reason, text, otherwise })
        });
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        self.known.insert(verdict.number, explanation.clone());
        explanation
    }

    /// Where the source has what the compiler made an operand of, so that one can look at how it did: the code
    /// object and the span of a constant, a folded one before others; where neither operand is a constant, the
    /// instruction that asked.
    pub fn compiled_at(&mut self, machine: &Machine, verdict: &Verdict) -> (Rc<LoadedCode>, Option<Span>) {
        self.constants.learn(&machine.loaded);
        let mut sites = self.sites(verdict).all;
        let Self { constants, provenance, .. } = self;
        for operand in [&verdict.left, &verdict.right] {
            let places = constants.places(Identity::new(operand.value, operand.born)).iter();
            sites.extend(places.flat_map(|place| provenance.loads(&place.code, place.slot, place.item)));
        }
        let folded = sites.iter().find(|site| self.is_folded(site));
        match folded.or(sites.first()) {
            Some(site) => (Rc::clone(&site.code), Span::of(site.location)),
            None => {
                let Origin { code, at, .. } = &verdict.origin;
                (Rc::clone(code), code.location_at(*at).and_then(Span::of))
            }
        }
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
        let explanation = self.explain(machine, &machine.verdicts, verdict);
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
