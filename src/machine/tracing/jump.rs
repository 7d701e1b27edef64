//! `frame.f_lineno = n`: a trace function sends its frame to another line.

use super::super::Machine;
use super::super::args::Args;
use super::super::frame::{Eval, FrameId, PythonFrame, Resume};
use super::super::number::IntRef;
use super::super::object::code::LoadedCode;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Slot, Value};
use super::super::warnings::Giving;
use super::stacks::{Kind, Stack, fits, is_above, stacks};
use super::{Event, Told};
use crate::code::{CodeUnit, linetable};

/// Where a jump leads, and the stacks that it is between.
struct Jump {
    target: CodeUnit,
    from: Vec<Kind>,
    to: Vec<Kind>,
}

impl Machine {
    /// `frame.f_lineno = line`.
    pub(in crate::machine) fn set_frame_line(&mut self, frame: Value, line: Value) -> Eval {
        self.plan_jump(frame, line)?;
        let unbound = match self.heap.payload_of(frame) {
            Some(Payload::Frame(object)) => {
                self.frame_locals(object).iter().filter(|slot| slot.value().is_none()).count()
            }
            _ => 0,
        };
        let args = Args::new([Value::NONE, frame, line]);
        if unbound == 0 {
            return self.jump_to_line(&args);
        }
        let plural = if unbound == 1 { "" } else { "s" };
        let text = self.heap.str(format!("assigning None to {unbound} unbound local{plural}"));
        let place = self.warning_place();
        let warned = Giving::of(Value::object(types::RUNTIME_WARNING), text, place, Value::NONE);
        let warned = self.begin(warned)?;
        self.continue_with("f_lineno", warned, args, 0, Self::jump_to_line)
    }

    /// What a frame does: the jump that [`Machine::plan_jump`] finds, once nothing stands against it.
    fn jump_to_line(&mut self, args: &Args) -> Eval {
        let (frame, line) = (args.at(1), args.at(2));
        let jump = self.plan_jump(frame, line)?;
        let Some(Payload::Frame(object)) = self.heap.payload_of(frame) else {
            return Err(self.type_error("a frame is sent to another line"));
        };
        let id = object.id;
        let suspended = self.is_suspended(id);
        let popped = self.live_frame_mut(id).map(|frame| make_jump(frame, &jump, suspended));
        for (kind, slot) in popped.into_iter().flatten() {
            self.let_go(kind, slot);
        }
        Ok(Value::NONE.into())
    }

    /// Lets go of what stood on the value stack; below a handled exception stands the one handled before.
    fn let_go(&mut self, kind: Option<Kind>, slot: Slot) {
        if kind != Some(Kind::Except) {
            self.heap.release_slot(slot);
            return;
        }
        let previous = slot.value().filter(|value| !value.is_none());
        let handled = self.thread.handled.last_mut().expect("a thread handles something or nothing");
        if let Some(old) = std::mem::replace(handled, previous) {
            self.heap.release(old);
        }
    }

    fn is_suspended(&self, id: FrameId) -> bool {
        !self.thread.python_frames().any(|frame| frame.id == id)
    }

    /// Finds out where a jump of `frame` to `line` leads, or why there is none.
    fn plan_jump(&mut self, frame: Value, line: Value) -> Result<Jump, Raise> {
        let given = match (self.heap.class_of(line), self.heap.int_ref(line)) {
            (types::INT, Some(int)) => IntRef::small(int),
            _ => return Err(self.value_error("lineno must be an integer")),
        };
        self.may_jump()?;
        let Some(given) = given.filter(|line| i32::try_from(*line).is_ok()) else {
            return Err(self.value_error("lineno out of range"));
        };
        let Some(Payload::Frame(object)) = self.heap.payload_of(frame) else {
            return Err(self.type_error("a frame is sent to another line"));
        };
        let (id, code, at) = (object.id, object.code.clone(), self.frame_at(object));
        let waits = self.live_frame(id).is_none_or(|frame| frame.resume != Resume::None);
        if waits {
            return Err(self.unsupported("setting f_lineno of a frame that waits for another one"));
        }
        if given < i64::from(code.code.firstlineno) {
            return Err(self.value_error(format!("line {given} comes before the current code block")));
        }
        let starts = line_starts(&code);
        let later = starts.iter().map(|(_, line)| *line).filter(|line| i64::from(*line) >= given);
        let Some(line) = later.min() else {
            return Err(self.value_error(format!("line {given} comes after the current code block")));
        };
        best_jump(&code, &starts, line, at).map_err(|message| self.value_error(message))
    }

    /// Whether what happens now is something that a trace function may answer with a jump.
    fn may_jump(&mut self) -> Result<(), Raise> {
        let message = match self.watch.event {
            None => "f_lineno can only be set in a trace function",
            Some(
                Event::PyResume
                | Event::Jump
                | Event::BranchLeft
                | Event::BranchRight
                | Event::Line
                | Event::PyYield,
            ) => return Ok(()),
            Some(Event::PyStart) => "can't jump from the 'call' trace event of a new frame",
            Some(Event::Call | Event::CReturn) => "can't jump during a call",
            Some(
                Event::PyReturn
                | Event::PyUnwind
                | Event::PyThrow
                | Event::Raise
                | Event::CRaise
                | Event::Instruction
                | Event::ExceptionHandled,
            ) => "can only jump from a 'line' trace event",
            Some(Event::StopIteration | Event::Reraise) => {
                return Err(self.system_error("unexpected event type"));
            }
        };
        Err(self.value_error(message))
    }
}

/// The places where another line begins than at the place before.
fn line_starts(code: &LoadedCode) -> Vec<(CodeUnit, u32)> {
    let mut starts: Vec<(CodeUnit, u32)> = Vec::new();
    for entry in linetable::entries(&code.code.linetable, code.code.firstlineno) {
        if let Some(line) = entry.location.line()
            && code.unit(entry.start).is_some()
            && starts.last().is_none_or(|(_, last)| *last != line)
        {
            starts.push((entry.start, line));
        }
    }
    starts
}

/// The place of `line` that keeps most of the value stack.
fn best_jump(
    code: &LoadedCode,
    starts: &[(CodeUnit, u32)],
    line: u32,
    at: CodeUnit,
) -> Result<Jump, &'static str> {
    let stacks = stacks(code);
    let from = &stacks[at.0 as usize];
    let mut best: Option<Jump> = None;
    let mut problem = None;
    for (target, _) in starts.iter().filter(|(_, start)| *start == line) {
        let to = &stacks[target.0 as usize];
        match (from, to) {
            (Stack::Known(from), Stack::Known(to))
                if fits(from, to) && best.as_ref().is_none_or(|best| is_above(to, &best.to)) =>
            {
                best = Some(Jump { target: *target, from: from.clone(), to: to.clone() });
            }
            _ if problem.is_none() && best.is_none() => problem = Some(why_not(from, to)),
            _ => {}
        }
    }
    best.ok_or_else(|| problem.unwrap_or("cannot find bytecode for specified line"))
}

/// Why there is no jump between these stacks.
fn why_not(from: &Stack, to: &Stack) -> &'static str {
    let to = match (from, to) {
        (Stack::TooDeep, _) => return "stack to deep to analyze",
        (Stack::Unreached, _) => return "can't jump from unreachable code",
        (_, Stack::TooDeep) => return "stack is too deep to analyze",
        (_, Stack::Unreached) => return "can't jump into an exception handler, or code may be unreachable",
        (Stack::Known(_), Stack::Known(to)) => to,
    };
    match to.last() {
        Some(Kind::Except) => "can't jump into an 'except' block as there's no exception",
        Some(Kind::Lasti) => "can't jump into a re-raising block as there's no location",
        Some(Kind::Iterator) => "can't jump into the body of a for loop",
        Some(Kind::Object | Kind::Null) | None => "incompatible stacks",
    }
}

/// Takes the frame to its new place; what comes off the value stack, the top first.
fn make_jump(frame: &mut PythonFrame, jump: &Jump, suspended: bool) -> Vec<(Option<Kind>, Slot)> {
    let locals = frame.code.locals_len();
    for slot in &mut frame.slots[..locals] {
        if slot.value().is_none() {
            *slot = Slot::owned(Value::NONE);
        }
    }
    let mut from = &jump.from[..];
    if suspended {
        // The `yield` has taken its value off.
        from = &from[..from.len().saturating_sub(1)];
    }
    let mut popped = Vec::new();
    while is_above(from, &jump.to) && frame.slots.len() > locals {
        popped.push((from.last().copied(), frame.slots.pop().unwrap_or(Slot::NULL)));
        from = &from[..from.len() - 1];
    }
    frame.next = jump.target;
    frame.last = jump.target;
    frame.extended = 0;
    frame.told = Told::Nothing;
    popped
}
