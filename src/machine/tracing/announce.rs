//! What the Python frame on top is about to do, and who has to be told of it before.

use std::rc::Rc;

use super::super::Machine;
use super::super::frame::{Entry, Frame, Owner, PythonFrame, Unwind};
use super::super::native::{Input, Lent, NativeFrame};
use super::super::object::code::LoadedCode;
use super::super::object::{Payload, types};
use super::super::raise::Raise;
use super::super::value::{Handle, Value};
use super::lines::first_traceable;
use super::{Event, PROFILE, Passage, TRACE, Tell, Then, Told};
use crate::code::{CodeUnit, Opcode};

/// The bit of LOAD_SUPER_ATTR's argument that says that `super` has arguments.
const SUPER_WITH_ARGUMENTS: u32 = 2;

impl Told {
    const fn next(self) -> Option<Self> {
        match self {
            Self::Nothing => Some(Self::Branch),
            Self::Branch => Some(Self::Line),
            Self::Line => Some(Self::Instruction),
            Self::Instruction => Some(Self::Own),
            Self::Own => None,
        }
    }
}

impl Machine {
    /// Between two steps: puts on top what tells of what the Python frame there is about to do.
    pub(in crate::machine) fn announce(&mut self) {
        if self.ask.is_some() || self.exit.is_some() {
            return;
        }
        let Some(Frame::Python(frame)) = self.thread.frames.last() else { return };
        let (mut told, code) = (frame.told, frame.code_handle);
        if told == Told::Nothing && frame.code.opcode(frame.next) == Some(Opcode::RESUME) {
            self.watch.instrument(code);
        }
        while let Some(stage) = told.next() {
            told = stage;
            if let Some(tell) = self.news(stage) {
                let frame = self.frame_mut();
                frame.told = stage;
                if stage != Told::Branch {
                    frame.last = frame.next;
                }
                if let Err(raise) = self.push_tell(tell) {
                    self.forget_told();
                    self.throw(raise);
                }
                return;
            }
        }
    }

    /// Puts what tells of something on top; what it tells of stands on the value stack, if there.
    fn push_tell(&mut self, tell: Tell) -> Result<(), Raise> {
        let lent = match self.thread.frames.last() {
            // A trace function may take what is yielded off the value stack.
            Some(Frame::Python(frame)) if frame.code.opcode(frame.last) != Some(Opcode::YIELD_VALUE) => {
                let stack = frame.stack().iter().filter_map(|slot| slot.value());
                let on_stack: Vec<Value> = stack.filter(|value| tell.rest().contains(value)).collect();
                Lent::operands(on_stack)
            }
            _ => Lent::default(),
        };
        let frame = NativeFrame::told(tell.into(), Input::Start);
        self.enter(Entry::one(Frame::Native(Box::new(frame))), lent)
    }

    /// The code of the Python frame on top.
    pub(super) fn code_on_top(&self) -> (Handle, Rc<LoadedCode>) {
        let frame = self.frame();
        (frame.code_handle, Rc::clone(&frame.code))
    }

    /// Those of the tools that want to be told of an event at a place and have something to be called.
    pub(super) fn listeners(&self, code: Handle, at: CodeUnit, event: Event, rest: &[Value]) -> u8 {
        let Payload::Code(loaded) = self.heap.payload(code) else { return 0 };
        let mut tools = self.watch.tools(code, loaded, at, event);
        for (tool, slot) in self.watch.tools.iter().enumerate() {
            if slot.callbacks[event as usize].is_none() {
                tools &= !(1 << tool);
            }
        }
        if tools >> PROFILE & 1 == 1 && !self.profile_wants(event, rest) {
            tools &= !(1 << PROFILE);
        }
        if tools >> TRACE & 1 == 1 && self.trace_function_for(event).is_none() {
            tools &= !(1 << TRACE);
        }
        tools
    }

    /// Whether there is a profile function, and calls are those of builtin functions.
    fn profile_wants(&self, event: Event, rest: &[Value]) -> bool {
        let calls = matches!(event, Event::Call | Event::CReturn | Event::CRaise);
        let builtin = |value: &Value| {
            let class = self.heap.class_of(*value);
            class == types::METHOD_DESCRIPTOR || self.heap.is_subclass(class, types::BUILTIN_FUNCTION)
        };
        self.watch.profile.is_some() && (!calls || rest.first().is_some_and(builtin))
    }

    /// Tells of `event` at `at`, if anybody wants to know.
    fn tell_at(&mut self, event: Event, at: CodeUnit, rest: &[Value]) -> Option<Tell> {
        let code = self.frame().code_handle;
        let tools = self.listeners(code, at, event, rest);
        (tools != 0).then(|| Tell::new(event, tools, code, at, Then::Go).with(rest.iter().copied()))
    }

    fn news(&mut self, stage: Told) -> Option<Tell> {
        match stage {
            Told::Nothing => None,
            Told::Branch => self.item_of_for(),
            Told::Line => self.line_begins(),
            Told::Instruction => self.instruction(),
            Told::Own => self.own_event(),
        }
    }

    /// A FOR_ITER has just given an item.
    fn item_of_for(&mut self) -> Option<Tell> {
        let frame = self.frame();
        let (last, next) = (frame.last, frame.next);
        let behind = last.plus(1 + u32::from(Opcode::FOR_ITER.caches()));
        if next != behind || frame.code.opcode(last) != Some(Opcode::FOR_ITER) {
            return None;
        }
        self.tell_jump(Event::BranchLeft, last, last, next)
    }

    fn line_begins(&mut self) -> Option<Tell> {
        let frame = self.frame();
        let (last, next) = (frame.last, frame.next);
        let (code, loaded) = (frame.code_handle, Rc::clone(&frame.code));
        if self.listeners(code, next, Event::Line, &[]) == 0 {
            return None;
        }
        let lines = self.watch.lines_of(code, &loaded);
        let line = lines.line_at(next).filter(|_| lines.begins_at(next))?;
        let other = lines.line_at(last) != Some(line) || loaded.opcode(last) == Some(Opcode::RESUME);
        let tell = if other { self.tell_at(Event::Line, next, &[]) } else { None };
        tell.map(|tell| tell.with_place(line))
    }

    fn instruction(&mut self) -> Option<Tell> {
        let frame = self.frame();
        let next = frame.next;
        let opcode = frame.code.opcode(next)?;
        if matches!(opcode, Opcode::RESUME | Opcode::END_FOR) || next < first_traceable(&frame.code) {
            return None;
        }
        self.tell_at(Event::Instruction, next, &[])
    }

    /// What the next instruction does by itself.
    fn own_event(&mut self) -> Option<Tell> {
        let frame = self.frame();
        let (last, at) = (frame.last, frame.next);
        let (byte, low) = frame.code.unit(at)?;
        let opcode = Opcode::from_byte(byte)?;
        let arg = frame.extended << 8 | u32::from(low);
        let next = at.plus(1 + u32::from(opcode.caches()));
        let top = frame.stack().last().and_then(|slot| slot.value());
        match opcode {
            Opcode::RESUME => {
                let event = if arg == 0 { Event::PyStart } else { Event::PyResume };
                self.tell_at(event, at, &[])
            }
            Opcode::RETURN_VALUE => self.tell_at(Event::PyReturn, at, &[top?]),
            Opcode::YIELD_VALUE => self.tell_at(Event::PyYield, at, &[top?]),
            Opcode::CALL | Opcode::CALL_KW | Opcode::CALL_FUNCTION_EX | Opcode::LOAD_SUPER_ATTR => {
                let called = called(self, self.frame(), opcode, arg)?;
                self.tell_at(Event::Call, at, &called)
            }
            Opcode::JUMP_FORWARD => self.tell_jump(Event::Jump, at, at, next.plus(arg)),
            Opcode::JUMP_BACKWARD => {
                let target = CodeUnit(next.0.checked_sub(arg)?);
                self.tell_jump(Event::Jump, at, at, target)
            }
            Opcode::POP_JUMP_IF_TRUE if top == Some(Value::TRUE) => {
                self.tell_jump(Event::BranchRight, at, at, next.plus(arg))
            }
            Opcode::POP_JUMP_IF_FALSE if top == Some(Value::FALSE) => {
                self.tell_jump(Event::BranchRight, at, at, next.plus(arg))
            }
            Opcode::POP_JUMP_IF_NONE if top == Some(Value::NONE) => {
                self.tell_jump(Event::BranchRight, at, at, next.plus(arg))
            }
            Opcode::POP_JUMP_IF_NOT_NONE if top != Some(Value::NONE) => {
                self.tell_jump(Event::BranchRight, at, at, next.plus(arg))
            }
            Opcode::NOT_TAKEN | Opcode::POP_ITER => {
                let event = if opcode == Opcode::POP_ITER { Event::BranchRight } else { Event::BranchLeft };
                // Where CPython has put an instruction in front that tells of others, it takes that for the source.
                let source = if self.is_told_of_before(at) { at } else { last };
                self.tell_jump(event, at, source, next)
            }
            Opcode::END_ASYNC_FOR => {
                let source = CodeUnit(next.0.checked_sub(arg)?);
                self.tell_jump(Event::BranchRight, at, source, next)
            }
            Opcode::END_SEND => self.end_of_delegate(at),
            _ => None,
        }
    }

    /// Whether anybody wants to be told that the instruction at `at` begins, if only it began a line.
    fn is_told_of_before(&mut self, at: CodeUnit) -> bool {
        let (code, loaded) = self.code_on_top();
        let wanted = |event| self.watch.tools(code, &loaded, at, event) != 0;
        wanted(Event::Instruction) || wanted(Event::Line) && self.watch.lines_of(code, &loaded).begins_at(at)
    }

    /// A jump from `from` to `to`, which belongs to the instruction at `at`.
    fn tell_jump(&mut self, event: Event, at: CodeUnit, from: CodeUnit, to: CodeUnit) -> Option<Tell> {
        let code = self.frame().code_handle;
        let mut tools = self.listeners(code, at, event, &[]);
        if tools >> TRACE & 1 == 1 && !self.is_backward_on_line(from, to) {
            tools &= !(1 << TRACE);
        }
        if tools == 0 {
            return None;
        }
        let target = self.heap.int(to.bytes().into());
        Some(Tell::new(event, tools, code, at, Then::Go).with_place(from.bytes()).with([target]))
    }

    /// A generator that was delegated to has returned a value.
    fn end_of_delegate(&mut self, at: CodeUnit) -> Option<Tell> {
        let stack = self.frame().stack();
        let [.., receiver, value] = stack else { return None };
        let (receiver, value) = (receiver.value()?, value.value()?);
        if !matches!(self.heap.class_of(receiver), types::GENERATOR | types::COROUTINE) {
            return None;
        }
        let code = self.frame().code_handle;
        if self.listeners(code, at, Event::StopIteration, &[]) == 0 {
            return None;
        }
        let end = self.stop_iteration(value).exception;
        self.tell_at(Event::StopIteration, at, &[end])
    }

    /// Whether the call that the instruction on top makes is watched, and what it calls with which first argument.
    pub(in crate::machine) fn watched_call(&self, opcode: Opcode, arg: u32) -> Option<[Value; 2]> {
        let frame = self.frame();
        let tools = self.watch.tools(frame.code_handle, &frame.code, frame.last, Event::Call);
        if tools == 0 { None } else { called(self, frame, opcode, arg) }
    }

    /// Tells of an exception in the Python frame on top, then does what comes; whether anybody wants to know.
    pub(in crate::machine) fn tell_exception(
        &mut self,
        event: Event,
        at: CodeUnit,
        exception: Value,
        then: Then,
    ) -> bool {
        if !self.watching {
            return false;
        }
        let code = self.frame().code_handle;
        let tools = self.listeners(code, at, event, &[exception]);
        if tools == 0 {
            return false;
        }
        let tell = Tell::new(event, tools, code, at, then).with([exception]);
        if let Err(raise) = self.push_tell(tell) {
            let unwind =
                Unwind { exception: raise.exception, trace: false, at: None, passage: Passage::Leaving };
            self.push_unwind(unwind);
        }
        true
    }

    /// The place that tools are told of where an exception comes up: the last unit of the instruction, or where its
    /// handler is looked for.
    pub(in crate::machine) fn raised_at(&self, unwind: &Unwind) -> CodeUnit {
        let frame = self.frame();
        let caches = |opcode: Opcode| u32::from(opcode.caches());
        match (unwind.at, frame.code.opcode(frame.last)) {
            (Some(at), _) => at,
            (None, Some(Opcode::RERAISE)) => frame.last,
            (None, Some(Opcode::CALL | Opcode::CALL_KW | Opcode::SEND))
                if unwind.passage == Passage::FromCall =>
            {
                CodeUnit(frame.last.0.saturating_sub(1))
            }
            (None, opcode) => frame.last.plus(opcode.map_or(0, caches)),
        }
    }

    /// Lets an exception that is thrown into the generator whose frame is on top go its way.
    pub(in crate::machine) fn push_thrown(&mut self, unwind: Unwind) -> Result<(), Raise> {
        debug_assert!(matches!(self.frame().owner, Owner::Generator(_)));
        let at = self.frame().last;
        if !self.tell_exception(Event::PyThrow, at, unwind.exception, Then::Throw(unwind)) {
            self.push_unwind(unwind);
        }
        Ok(())
    }
}

/// What a call instruction is about to call, and the first argument.
fn called(m: &Machine, frame: &PythonFrame, opcode: Opcode, arg: u32) -> Option<[Value; 2]> {
    let stack = frame.stack();
    let count = arg as usize;
    let missing = Value::object(types::MISSING);
    let at = |below_top: usize| stack.len().checked_sub(below_top).and_then(|index| stack.get(index));
    match opcode {
        Opcode::CALL | Opcode::CALL_KW => {
            let names = usize::from(opcode == Opcode::CALL_KW);
            let callable = at(count + names + 2)?.value()?;
            if let Some(receiver) = at(count + names + 1)?.value() {
                return Some([callable, receiver]);
            }
            if let Some(Payload::Method { function, receiver }) = m.heap.payload_of(callable) {
                return Some([*function, *receiver]);
            }
            let first = if count > 0 { at(count + names)?.value()? } else { missing };
            Some([callable, first])
        }
        Opcode::CALL_FUNCTION_EX => {
            let (callable, positional) = (at(4)?.value()?, at(2)?.value()?);
            let first = match m.heap.payload_of(positional) {
                Some(Payload::Tuple(items)) => items.first().copied(),
                Some(Payload::List(items)) => items.first().copied(),
                _ => None,
            };
            Some([callable, first.unwrap_or(missing)])
        }
        Opcode::LOAD_SUPER_ATTR => {
            let (callable, class) = (at(3)?.value()?, at(2)?.value()?);
            Some([callable, if arg & SUPER_WITH_ARGUMENTS != 0 { class } else { missing }])
        }
        _ => None,
    }
}
