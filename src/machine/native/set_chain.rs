//! A set and several others, one after another: `a.union(b, c)`.

use super::{Advance, Input, NativeTask, Progress};
use crate::machine::Machine;
use crate::machine::args::Args;
use crate::machine::frame::{Eval, Flow};
use crate::machine::heap::Heap;
use crate::machine::value::{Handle, Value};

/// What is done with each of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetChainKind {
    /// Its items are added to the set.
    Update,
    /// Its items are taken out of the set.
    Discard,
    /// Its items are toggled in the set.
    Toggle,
    /// A new set of the items that are in both takes the place of the set.
    Intersect,
}

/// Does something with a set for each of several iterables.
#[derive(Clone, Debug, Hash)]
pub struct SetChain {
    kind: SetChainKind,
    set: Handle,
    /// The iterables are those from `at` on.
    others: Args,
    at: usize,
    /// The result; the set itself if it is None here.
    result: Option<Value>,
    /// For `intersection_update`: what takes over the keys in the end.
    target: Option<Handle>,
}

impl SetChain {
    /// Does `kind` to `set` with each of `others` from `at` on.
    pub const fn new(kind: SetChainKind, set: Handle, others: Args, at: usize) -> Self {
        Self { kind, set, others, at, result: None, target: None }
    }

    /// The same with another result than the set.
    #[must_use]
    pub fn giving(self, result: Value) -> Self {
        Self { result: Some(result), ..self }
    }

    /// The same; in the end `target` takes over the keys.
    #[must_use]
    pub fn into_target(self, target: Handle) -> Self {
        Self { target: Some(target), ..self }
    }

    fn step(&self, machine: &mut Machine, other: Value) -> Eval {
        match self.kind {
            SetChainKind::Update => machine.set_merge(self.set, other, Value::NONE),
            SetChainKind::Discard => machine.set_difference_update(self.set, other),
            SetChainKind::Toggle => machine.set_toggle(self.set, other),
            SetChainKind::Intersect => machine.set_intersection(self.set, other),
        }
    }
}

impl NativeTask for SetChain {
    fn advance(mut self, machine: &mut Machine, input: Input) -> Advance {
        let mut value = if let Input::Value(value) = input { Some(value) } else { None };
        loop {
            if let (SetChainKind::Intersect, Some(set)) = (self.kind, value.take().and_then(Value::handle)) {
                self.set = set;
            }
            let Some(other) = self.others.get(self.at) else {
                if let Some(target) = self.target {
                    machine.take_over_set(target, self.set);
                }
                return Ok(Progress::Done(self.result.unwrap_or(Value::object(self.set))));
            };
            self.at += 1;
            match self.step(machine, other)? {
                Flow::Value(result) => value = Some(result),
                Flow::Enter(entry) => return Ok(Progress::Wait(self.into(), entry)),
            }
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(Value::object(self.set));
        self.others.each_value(visit);
        self.result.into_iter().chain(self.target.map(Value::object)).for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        let name = match self.kind {
            SetChainKind::Update => "set.update",
            SetChainKind::Discard => "set.difference",
            SetChainKind::Toggle => "set.symmetric_difference",
            SetChainKind::Intersect => "set.intersection",
        };
        format!("{name}: argument {} of {}", self.at.saturating_sub(1), self.others.len().saturating_sub(1))
    }
}
