//! Telling of what came of a call that is no Python function's.

use super::super::Machine;
use super::super::frame::{Entry, Eval, Flow, Frame};
use super::super::heap::Heap;
use super::super::native::{Advance, Input, NativeFrame, NativeTask};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::{Event, Tell, Then};
use crate::code::CodeUnit;

/// Waits for what a call gives, and tells of that.
#[derive(Clone, Debug, Hash)]
pub struct AfterCall {
    /// What was called, and its first argument.
    called: [Value; 2],
    /// The instruction that has called.
    code: Handle,
    at: CodeUnit,
}

impl AfterCall {
    fn tell(&self, m: &Machine, event: Event, then: Then) -> Tell {
        let tools = m.listeners(self.code, self.at, event, &self.called);
        Tell::new(event, tools, self.code, self.at, then).with(self.called)
    }
}

impl NativeTask for AfterCall {
    fn advance(self, m: &mut Machine, input: Input) -> Advance {
        let tell = match input {
            Input::Value(value) => self.tell(m, Event::CReturn, Then::Give(value)),
            Input::Raised(exception) => self.tell(m, Event::CRaise, Then::Raise(exception)),
            Input::Start | Input::Exhausted => panic!("it waits for what a call gives"),
        };
        tell.advance(m, Input::Start)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.called.iter().copied().for_each(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "watching a call".into()
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        true
    }
}

impl Machine {
    /// What the call that the instruction on top makes has come to, as those who watch it are told.
    pub(in crate::machine) fn after_call(&mut self, called: [Value; 2], result: Eval) -> Eval {
        let frame = self.frame();
        let after = AfterCall { called, code: frame.code_handle, at: frame.last };
        match result {
            Ok(Flow::Enter(entry)) => {
                Ok(Flow::Enter(Entry::under(NativeFrame::waiting(after.into()), entry)))
            }
            // What the call has let go of goes first.
            Ok(Flow::Value(value)) if self.heap.has_dying() => {
                let frame = NativeFrame::told(after.into(), Input::Value(value));
                Ok(Flow::Enter(Entry::one(Frame::Native(Box::new(frame)))))
            }
            Ok(Flow::Value(value)) => {
                let tell = after.tell(self, Event::CReturn, Then::Give(value));
                self.begin(tell)
            }
            Err(raise) => {
                if !raise.again && !raise.passed {
                    self.set_context(raise.exception);
                }
                let tell = after.tell(self, Event::CRaise, Then::Raise(raise.exception));
                self.begin(tell).map_err(|new| {
                    if new.exception == raise.exception { Raise { passed: true, ..raise } } else { new }
                })
            }
        }
    }
}
