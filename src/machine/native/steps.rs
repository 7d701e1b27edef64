//! Natives that are written as what they do next: the driver runs it, waits where it has to, and tells
//! them what came of it.
//!
//! For what goes through iterators and calls functions in turns, as all of `itertools` does: such a native
//! says what it wants and never looks at frames itself.

use std::fmt::Debug;
use std::hash::Hash;

use super::{Advance, Input, NativeTask, Progress, Task};
use crate::machine::Machine;
use crate::machine::frame::Flow;
use crate::machine::heap::Heap;
use crate::machine::object::types;
use crate::machine::protocol::iterate::Next;
use crate::machine::raise::Raise;
use crate::machine::value::Value;

/// How many turns are made in one step.
const TURNS_IN_A_STEP: usize = 10_000;

/// What came of what was wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Got {
    /// It begins.
    Start,
    /// A value, or the next item of an iterator.
    Value(Value),
    /// The iterator that was asked has no more items.
    End,
    /// This exception, which it said it [`Stepwise::catches`].
    Raised(Value),
}

/// What is wanted next.
#[derive(Debug)]
pub enum Do {
    /// What an operation gives.
    Wait(Flow),
    /// The next item of an iterator.
    Take(Next),
    /// Nothing: this is the result.
    Done(Value),
    /// Nothing: what this gives is the result.
    Tail(Flow),
    /// Nothing: it was to give the next item, and there is none.
    Exhausted,
}

impl From<Flow> for Do {
    fn from(flow: Flow) -> Self {
        Self::Wait(flow)
    }
}

impl From<Next> for Do {
    fn from(next: Next) -> Self {
        Self::Take(next)
    }
}

/// A native that says what it does next.
pub trait Stepwise: Clone + Debug + Hash {
    /// What comes next, now that this has come of what was wanted before.
    fn step(&mut self, m: &mut Machine, got: Got) -> Result<Do, Raise>;

    /// Visits every value it holds.
    fn each_value(&self, visit: &mut impl FnMut(Value));

    /// See [`NativeTask::owns`].
    fn owns(&self, _value: Value) -> bool {
        false
    }

    /// See [`NativeTask::borrows`].
    fn borrows(&self, _heap: &Heap, _visit: &mut impl FnMut(Value)) {}

    /// What the frame pane shows, the function first.
    fn title(&self, heap: &Heap) -> String;

    /// Whether it goes on after this exception, other than the end of an iterator it asked.
    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        false
    }

    /// An exception ends it: what it has to put right.
    fn abandon(&mut self, _m: &mut Machine) {}
}

/// A native of that kind at work.
#[derive(Clone, Debug, Hash)]
pub struct Steps<S> {
    /// The native itself.
    pub work: S,
    /// Whether the next item of an iterator is waited for.
    takes: bool,
    /// What it is told when it goes on after a pause.
    paused: Option<Got>,
}

impl<S: Stepwise> Steps<S> {
    /// The native, which has not begun.
    pub const fn new(work: S) -> Self {
        Self { work, takes: false, paused: None }
    }

    /// What it does.
    pub const fn work(&self) -> &S {
        &self.work
    }
}

impl<S: Stepwise> NativeTask for Steps<S>
where
    Task: From<Self>,
{
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        let mut got = match input {
            Input::Start => self.paused.take().unwrap_or(Got::Start),
            Input::Value(value) => Got::Value(value),
            Input::Exhausted => Got::End,
            Input::Raised(exception) if self.takes && m.is_stop(exception) => Got::End,
            Input::Raised(exception) => Got::Raised(exception),
        };
        for _ in 0..TURNS_IN_A_STEP {
            self.takes = false;
            let wanted = match self.work.step(m, got) {
                Err(raise) if self.work.catches(&m.heap, raise.exception) => {
                    got = Got::Raised(raise.exception);
                    continue;
                }
                Err(raise) => {
                    self.work.abandon(m);
                    return Err(raise);
                }
                Ok(wanted) => wanted,
            };
            got = match wanted {
                Do::Wait(Flow::Value(value)) | Do::Take(Next::Value(value)) => Got::Value(value),
                Do::Take(Next::Exhausted(_)) => Got::End,
                Do::Wait(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                Do::Take(Next::Enter(entry)) => {
                    self.takes = true;
                    return Ok(Progress::Wait(self.into(), entry));
                }
                Do::Done(value) => return Ok(Progress::Done(value)),
                Do::Tail(flow) => return Ok(flow.into()),
                Do::Exhausted => return Ok(Progress::Exhausted),
            };
        }
        self.paused = Some(got);
        Ok(Progress::Again(self.into()))
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.work.each_value(visit);
        if let Some(Got::Value(value) | Got::Raised(value)) = self.paused {
            visit(value);
        }
    }

    fn owns(&self, value: Value) -> bool {
        self.work.owns(value)
    }

    fn borrows(&self, heap: &Heap, visit: &mut impl FnMut(Value)) {
        self.work.borrows(heap, visit);
    }

    fn title(&self, heap: &Heap) -> String {
        self.work.title(heap)
    }

    fn catches(&self, heap: &Heap, exception: Value) -> bool {
        (self.takes && heap.is_instance(exception, types::STOP_ITERATION))
            || self.work.catches(heap, exception)
    }

    fn abandon(mut self, m: &mut Machine) {
        self.work.abandon(m);
    }

    fn takes_exhaustion(&self) -> bool {
        self.takes
    }
}
