//! Telling tools of an event: one after the other is called, the one with the highest number first.

use smallvec::SmallVec;

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, Flow, Frame, Unwind};
use super::super::heap::Heap;
use super::super::native::{Advance, Input, NativeTask, Progress};
use super::super::object::types;
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::{Event, PROFILE, Passage, TRACE, Told};
use crate::code::{CodeUnit, Opcode};

/// What comes when all have been told.
#[derive(Clone, Copy, Debug, Hash)]
pub enum Then {
    /// The frame below goes on.
    Go,
    /// This exception goes on its way.
    Throw(Unwind),
    /// The exception told of has come to an end, also where a tool raises another one: a `for` is over.
    Forget,
    /// An exception has come to its handler, which begins there.
    Handled(CodeUnit),
    /// This is what a call has given.
    Give(Value),
    /// This is what a call has raised.
    Raise(Value),
}

/// Tells tools of an event.
#[derive(Clone, Debug, Hash)]
pub struct Tell {
    event: Event,
    /// The code object in which it happens.
    code: Handle,
    /// The instruction that it belongs to.
    at: CodeUnit,
    /// The place that tools are told of, in bytes, or the line.
    place: u32,
    /// What else they are told.
    rest: SmallVec<[Value; 2]>,
    /// The tools that still have to be told: one bit each.
    left: u8,
    /// The one that is being told.
    tool: u8,
    /// What CPython's C code holds while a trace or profile function runs; the frame first.
    held: SmallVec<[Value; 2]>,
    /// Of which event a tool was being told before.
    outer: Option<Event>,
    then: Then,
}

impl Tell {
    /// Tells `tools` of `event`, which happens at `at` in `code`.
    pub fn new(event: Event, tools: u8, code: Handle, at: CodeUnit, then: Then) -> Self {
        Self {
            event,
            code,
            at,
            place: at.bytes(),
            rest: SmallVec::new(),
            left: tools,
            tool: 0,
            held: SmallVec::new(),
            outer: None,
            then,
        }
    }

    /// The same, where tools are told of another place, or of a line.
    #[must_use]
    pub const fn with_place(mut self, place: u32) -> Self {
        self.place = place;
        self
    }

    /// The same, with more to tell.
    #[must_use]
    pub fn with(mut self, rest: impl IntoIterator<Item = Value>) -> Self {
        self.rest = rest.into_iter().collect();
        self
    }

    /// What there is to tell beside the place.
    pub(super) fn rest(&self) -> &[Value] {
        &self.rest
    }

    /// Calls those that still have to be told.
    fn go_on(mut self, m: &mut Machine) -> Advance {
        while self.left != 0 {
            self.tool = 7 - self.left.leading_zeros() as u8;
            self.left &= !(1 << self.tool);
            let Some((function, args)) = self.next_call(m) else { continue };
            self.outer = m.watch.event.replace(self.event);
            m.watch.telling += 1;
            m.look_who_watches();
            match m.call(function, args) {
                Ok(Flow::Enter(entry)) => return Ok(Progress::Wait(self.into(), entry)),
                Ok(Flow::Value(value)) => {
                    if let Err(raise) = self.told(m, value) {
                        return self.failed(m, raise.exception);
                    }
                }
                Err(raise) => {
                    let exception = m.legacy_failure(raise);
                    self.end(m);
                    return self.failed(m, exception);
                }
            }
        }
        self.finish(m)
    }

    /// The tool does not want to be told of this any more.
    fn disable(&self, m: &mut Machine) {
        m.disable(self.tool, self.code, self.at, self.event);
        if let Some((at, event)) = self.other_way(m)
            && m.code(self.code).opcode(at) != Some(Opcode::FOR_ITER)
        {
            m.disable(self.tool, self.code, at, event);
        }
    }

    /// Where the other way of a branch is told of, if the tool wants to be told of both by one callback.
    fn other_way(&self, m: &Machine) -> Option<(CodeUnit, Event)> {
        if m.watch.tools[self.tool as usize].both_ways >> self.event as u32 & 1 == 0 {
            return None;
        }
        let source = CodeUnit::from_bytes(self.place);
        let opcode = m.code(self.code).opcode(source)?;
        match self.event {
            Event::BranchRight if opcode == Opcode::FOR_ITER => Some((source, Event::BranchLeft)),
            Event::BranchRight if opcode.is_conditional_jump() => {
                Some((source.plus(1 + u32::from(opcode.caches())), Event::BranchLeft))
            }
            Event::BranchLeft if opcode.is_conditional_jump() => Some((source, Event::BranchRight)),
            _ => None,
        }
    }

    /// What the tool whose turn it is wants to be called, if anything.
    fn next_call(&mut self, m: &mut Machine) -> Option<(Value, Args)> {
        let legacy = match self.tool {
            TRACE => m.trace_call(self.event, &self.rest)?,
            PROFILE => m.profile_call(self.event, &self.rest)?,
            tool => {
                if let Some((at, event)) = self.other_way(m)
                    && m.watch.is_disabled(tool, self.code, at, event)
                {
                    m.disable(tool, self.code, self.at, self.event);
                    return None;
                }
                let function = m.watch.tools[tool as usize].callbacks[self.event as usize]?;
                let place = m.heap.int(self.place.into());
                let parts = [Value::object(self.code), place].into_iter().chain(self.rest.iter().copied());
                return Some((function, Args::new(parts)));
            }
        };
        self.held = legacy.held;
        Some((legacy.function, legacy.args))
    }

    /// The tool whose turn it was has been told.
    fn end(&self, m: &mut Machine) {
        m.watch.telling -= 1;
        m.watch.event = self.outer;
        m.look_who_watches();
    }

    /// The tool whose turn it was has given `value`.
    fn told(&mut self, m: &mut Machine, value: Value) -> Result<(), Raise> {
        self.end(m);
        match self.tool {
            TRACE => {
                let frame = self.held.first().copied().unwrap_or(Value::NONE);
                m.keep_trace_function(frame, value);
            }
            PROFILE => {}
            _ if value != Value::object(types::DISABLE) => {}
            _ if self.event.is_local() => self.disable(m),
            _ => {
                let name = self.event.name();
                let callback = m.watch.tools[self.tool as usize].callbacks[self.event as usize].take();
                if let Some(callback) = callback {
                    m.heap.release(callback);
                }
                let raise = m.value_error(format!("Cannot disable {name} events. Callback removed."));
                m.set_context(raise.exception);
                return Err(raise);
            }
        }
        self.held.clear();
        Ok(())
    }

    /// All have been told.
    fn finish(self, m: &mut Machine) -> Advance {
        match self.then {
            Then::Go | Then::Forget | Then::Handled(_) => m.settle_told(),
            Then::Throw(unwind) => m.push_unwind(unwind),
            Then::Give(value) => return Ok(Progress::Done(value)),
            Then::Raise(exception) => return Err(Raise::passed(exception)),
        }
        Ok(Progress::Done(Value::NONE))
    }

    /// A tool has raised: that takes the place of what was to come.
    fn failed(self, m: &mut Machine, exception: Value) -> Advance {
        if self.tool >= PROFILE {
            let frame = self.held.first().copied().unwrap_or(Value::NONE);
            m.end_legacy(self.tool, frame);
        }
        match self.then {
            Then::Go => {
                m.forget_told();
                return Err(Raise::passed(exception));
            }
            Then::Forget => m.settle_told(),
            Then::Throw(unwind) => {
                let trace = matches!(unwind.passage, Passage::Fresh | Passage::FromCall);
                m.push_unwind(Unwind { exception, trace, ..unwind });
            }
            Then::Handled(handler) => {
                let at = CodeUnit(handler.0.saturating_sub(1));
                let passage = Passage::Told(at);
                m.push_unwind(Unwind { exception, trace: false, at: Some(at), passage });
            }
            Then::Give(_) | Then::Raise(_) => return Err(Raise::passed(exception)),
        }
        Ok(Progress::Done(Value::NONE))
    }
}

impl NativeTask for Tell {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        match input {
            Input::Start => {}
            Input::Value(value) => {
                if let Err(raise) = self.told(m, value) {
                    return self.failed(m, raise.exception);
                }
            }
            Input::Raised(exception) => {
                self.end(m);
                return self.failed(m, exception);
            }
            Input::Exhausted => panic!("a tool is no iterator"),
        }
        self.go_on(m)
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        self.rest.iter().chain(&self.held).copied().for_each(&mut *visit);
        match self.then {
            Then::Throw(unwind) => visit(unwind.exception),
            Then::Give(value) | Then::Raise(value) => visit(value),
            Then::Go | Then::Forget | Then::Handled(_) => {}
        }
    }

    fn title(&self, _heap: &Heap) -> String {
        match self.tool {
            PROFILE => format!("sys.setprofile: telling of '{}'", self.event.word()),
            TRACE => format!("sys.settrace: telling of '{}'", self.event.word()),
            tool if self.held.is_empty() && tool == 0 && self.left != 0 => {
                format!("watching: {}", self.event.name())
            }
            tool => format!("sys.monitoring: telling tool {tool} of {}", self.event.name()),
        }
    }

    fn catches(&self, _heap: &Heap, _exception: Value) -> bool {
        true
    }

    fn interrupts(&self) -> bool {
        !matches!(self.then, Then::Give(_) | Then::Raise(_))
    }
}

impl Machine {
    /// The frame on top goes on; where nobody watches any more, nobody looks how far the telling was.
    fn settle_told(&mut self) {
        if !self.watching {
            self.forget_told();
        }
    }

    /// The instruction that the frame on top was about to run does not run.
    pub(super) fn forget_told(&mut self) {
        if let Some(Frame::Python(frame)) = self.thread.frames.last_mut() {
            frame.told = Told::Nothing;
        }
    }

    /// Calls a function so that those who watch are told of what it does, although one of them is being told.
    pub(in crate::machine) fn call_tracing(&mut self, function: Value, args: Args) -> Eval {
        self.begin(CallTracing { function, args, telling: 0 })
    }
}

/// `sys.call_tracing`: calls a function as if nobody was being told of anything.
#[derive(Clone, Debug, Hash)]
pub struct CallTracing {
    function: Value,
    args: Args,
    /// How many were being told.
    telling: u32,
}

impl NativeTask for CallTracing {
    fn advance(mut self, m: &mut Machine, input: Input) -> Advance {
        match input {
            Input::Start => {
                self.telling = std::mem::take(&mut m.watch.telling);
                m.look_who_watches();
                match m.call(self.function, self.args.clone()) {
                    Ok(Flow::Enter(entry)) => Ok(Progress::Wait(self.into(), entry)),
                    Ok(Flow::Value(value)) => {
                        self.abandon(m);
                        Ok(Progress::Done(value))
                    }
                    Err(raise) => {
                        self.abandon(m);
                        Err(raise)
                    }
                }
            }
            Input::Value(value) => {
                self.abandon(m);
                Ok(Progress::Done(value))
            }
            Input::Exhausted | Input::Raised(_) => panic!("a call gives a value"),
        }
    }

    fn each_value(&self, visit: &mut impl FnMut(Value)) {
        visit(self.function);
        self.args.each_value(visit);
    }

    fn title(&self, _heap: &Heap) -> String {
        "sys.call_tracing: calling".into()
    }

    fn abandon(self, m: &mut Machine) {
        m.watch.telling = self.telling;
        m.look_who_watches();
    }
}
