//! What is searched: a text, or something bytes-like.

use super::super::super::Machine;
use super::super::super::args::Args;
use super::super::super::heap::Heap;
use super::super::super::object::types;
use super::super::super::raise::Raise;
use super::super::super::text::str::Units;
use super::super::super::value::Value;
use super::engine::{Matcher, Mode, Outcome};
use super::pattern::Kind;
use super::program::Program;

/// A match of more groups than this has no room.
const MOST_GROUPS: usize = 1 << 22;

/// The characters of a subject, in the width they are kept in.
#[derive(Clone, Copy, Debug)]
enum Characters<'a> {
    Narrow(&'a [u8]),
    Wide(&'a [u32]),
}

/// The characters of a str, or the bytes of something bytes-like.
fn characters(heap: &Heap, subject: Value) -> Option<Characters<'_>> {
    if let Some(text) = heap.text_of(subject) {
        return Some(match text.units() {
            Units::Ascii(units) => Characters::Narrow(units),
            Units::Wide(units) => Characters::Wide(units),
        });
    }
    heap.byte_string(subject).map(Characters::Narrow)
}

/// How many characters a subject has.
pub fn length(heap: &Heap, subject: Value) -> usize {
    match characters(heap, subject) {
        Some(Characters::Narrow(units)) => units.len(),
        Some(Characters::Wide(units)) => units.len(),
        None => 0,
    }
}

impl Matcher {
    /// Goes on with a subject.
    pub fn go_on(&mut self, heap: &Heap, program: &Program, subject: Value, fuel: &mut u32) -> Outcome {
        match characters(heap, subject) {
            Some(Characters::Narrow(units)) => self.run(program, units, fuel),
            Some(Characters::Wide(units)) => self.run(program, units, fuel),
            None => Outcome::Shrunk,
        }
    }
}

impl Machine {
    /// What kind of subject a value is, or what is wrong with it.
    pub(super) fn subject_kind(&mut self, value: Value) -> Result<Kind, Raise> {
        if self.heap.text_of(value).is_some() {
            return Ok(Kind::Text);
        }
        if self.heap.byte_string(value).is_some() {
            return Ok(Kind::Bytes);
        }
        let class = self.class_name(value);
        Err(self.type_error(format!("expected string or bytes-like object, got '{class}'")))
    }

    /// A match of a pattern and a subject that is to be looked for.  Arguments: the pattern, the subject, and
    /// where it begins and ends, the last two ints if they are given.
    pub(super) fn new_matcher(&mut self, mode: Mode, args: &Args) -> Result<Matcher, Raise> {
        let bound = |m: &mut Self, index, default| match args.get(index) {
            Some(value) => m.size_argument(value),
            None => Ok(default),
        };
        let (start, end) = (bound(self, 2, 0)?, bound(self, 3, i64::MAX)?);
        let (pattern, subject) = (args.at(0), args.at(1));
        let kind = self.subject_kind(subject)?;
        match (self.pattern(pattern).kind, kind) {
            (Kind::Text, Kind::Bytes) => {
                return Err(self.type_error("cannot use a string pattern on a bytes-like object"));
            }
            (Kind::Bytes, Kind::Text) => {
                return Err(self.type_error("cannot use a bytes pattern on a string-like object"));
            }
            _ => {}
        }
        if self.pattern(pattern).program.groups > MOST_GROUPS {
            return Err(self.out_of_memory());
        }
        let length = length(&self.heap, subject);
        let cut = |bound: i64| usize::try_from(bound).unwrap_or(0).min(length);
        Ok(Matcher::new(&self.pattern(pattern).program, mode, cut(start), cut(end)))
    }

    /// A part of a subject, which has it: the same object where that is all of it.
    pub(super) fn subject_slice(&mut self, subject: Value, start: usize, end: usize) -> Value {
        let end = end.min(length(&self.heap, subject));
        let start = start.min(end);
        let class = self.heap.class_of(subject);
        let whole = start == 0 && end == length(&self.heap, subject);
        if whole && (class == types::STR || class == types::BYTES) {
            return subject;
        }
        if let Some(text) = self.heap.text_of(subject) {
            let part = text.slice(start..end);
            return self.heap.str(part);
        }
        let part = self.heap.byte_string(subject).map_or(Vec::new(), |bytes| bytes[start..end].to_vec());
        self.heap.bytes(&part)
    }

    /// The part of a subject that a group has matched.
    pub(super) fn subject_group(&mut self, subject: Value, span: Option<(usize, usize)>) -> Option<Value> {
        span.map(|(start, end)| self.subject_slice(subject, start, end))
    }

    /// Why a match cannot go on.
    pub(super) fn matching_error(&mut self, outcome: Outcome) -> Raise {
        match outcome {
            Outcome::NoRoom => self.out_of_memory(),
            Outcome::Matched | Outcome::Failed | Outcome::Paused | Outcome::Shrunk => {
                self.unsupported("a bytearray that becomes shorter while a pattern goes through it")
            }
        }
    }
}
