//! Calling a generic alias: its origin makes the instance, which then learns `__orig_class__`.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::names;
use crate::machine::object::types;
use crate::machine::value::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Phase {
    Call,
    /// `__orig_class__` of this instance is set.
    Note(Value),
}

/// `list[int](*args)`.
#[derive(Clone, Debug, Hash)]
pub struct AliasCall {
    alias: Value,
    origin: Value,
    args: Args,
    phase: Phase,
}

impl AliasCall {
    /// The call of `alias`, whose origin is `origin`.
    pub const fn new(alias: Value, origin: Value, args: Args) -> Self {
        Self { alias, origin, args, phase: Phase::Call }
    }
}

impl NativeTask for AliasCall {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        let made = match (self.phase, input) {
            (Phase::Call, Input::Value(made)) => made,
            (Phase::Call, _) => match m.call(self.origin, self.args.clone())? {
                Flow::Value(made) => made,
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            },
            (Phase::Note(made), _) => return Ok(Progress::Done(made)),
        };
        self.phase = Phase::Note(made);
        match m.set_attr(made, names::ORIG_CLASS, Some(self.alias)) {
            Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
            Err(raise) if !self.catches(&m.heap, raise.exception) => Err(raise),
            Ok(Flow::Value(_)) | Err(_) => Ok(Progress::Done(made)),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.alias);
        visit(self.origin);
        self.args.each_value(visit);
        if let Phase::Note(made) = self.phase {
            visit(made);
        }
    }

    fn title(&self, heap: &Heap) -> String {
        let origin = heap.brief(self.origin, 40);
        match self.phase {
            Phase::Call => format!("call: {origin} with type arguments"),
            Phase::Note(_) => format!("call: {origin}: setting __orig_class__"),
        }
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        let any = heap.class_of(self.alias) == types::TYPING_ALIAS;
        matches!(self.phase, Phase::Note(_))
            && (any && heap.is_instance(exception, types::EXCEPTION)
                || heap.is_instance(exception, types::ATTRIBUTE_ERROR)
                || heap.is_instance(exception, types::TYPE_ERROR))
    }
}
