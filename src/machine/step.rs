//! One step: an instruction of a Python frame, one resumption of a native frame, or one frame of
//! unwinding.

use std::rc::Rc;

use smallvec::SmallVec;

use super::Machine;
use super::ask::{Answer, Ask};
use super::frame::{Entering, Entry, Eval, Flow, Frame, FrameId, Owner, PythonFrame, Resume, Sent, Unwind};
use super::native::{Input, Lent};
use super::object::Payload;
use super::object::generator::GeneratorState;
use super::raise::Raise;
use super::specialize::Inlined;
use super::thread::FRAME_LIMIT;
use super::tracing::{Event, Passage, Then};
use super::value::{Handle, Slot, Value};
use super::{ops, unwind};
use crate::code::Opcode;

/// What a step came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The program goes on.
    Ran,
    /// The program waits for the answer to a question.
    Asks(Ask),
    /// The program has ended with this exit status.
    Exited(i32),
}

impl Machine {
    /// One transition.  At the end of the program it changes nothing and says so again.
    pub fn step(&mut self) -> Outcome {
        if let Some(status) = self.exit {
            return Outcome::Exited(status);
        }
        if let Some(ask) = &self.ask {
            return Outcome::Asks(ask.clone());
        }
        self.steps += 1;
        self.heap.now = self.steps;
        let result = match self.thread.frames.last() {
            Some(Frame::Python(_)) => ops::execute(self),
            Some(Frame::Native(_)) => self.step_native(),
            Some(Frame::Unwind(_)) => unwind::unwind(self),
            None => panic!("a program that has not ended has a frame"),
        };
        if let Err(raise) = result {
            self.throw(raise);
        }
        self.bury();
        if self.watching {
            self.announce();
        }
        match (self.exit, &self.ask) {
            (None, None) => Outcome::Ran,
            (Some(status), _) => Outcome::Exited(status),
            (None, Some(ask)) => Outcome::Asks(ask.clone()),
        }
    }

    /// Steps until the program waits or has ended, at most `budget` times.
    pub fn run(&mut self, budget: u64) -> Outcome {
        let end = self.steps.saturating_add(budget);
        while self.steps < end {
            if self.exit.is_none() && self.ask.is_none() {
                ops::burst(self, end - self.steps - 1);
            }
            match self.step() {
                Outcome::Ran => {}
                outcome => return outcome,
            }
        }
        Outcome::Ran
    }

    /// Lets what died in this step go.
    pub(super) fn bury(&mut self) {
        if self.heap.has_dying() {
            self.heap.settle();
            self.finalize_waiting();
        }
    }

    /// Takes the general way for every instruction: for tests, which compare the states of both ways.
    pub const fn never_quicken(&mut self) {
        self.quickens = false;
    }

    /// Leaves a question to the outside; whoever asks waits for what the entry gives.
    pub(super) fn ask(&mut self, ask: Ask) -> Entry {
        self.ask = Some(ask);
        Entry::ask()
    }

    /// Answers the question the machine waits with.
    pub fn answer(&mut self, answer: Answer) {
        assert!(self.ask.take().is_some(), "only a question is answered");
        self.answer = Some(Rc::new(answer));
        let Some(Frame::Native(frame)) = self.thread.frames.last_mut() else {
            panic!("a native frame asked");
        };
        frame.input = Some(Input::Value(Value::NONE));
        self.heap.settle();
    }

    /// The answer that the task which goes on has waited for.
    pub(super) fn take_answer(&mut self) -> Rc<Answer> {
        self.answer.take().expect("a question has been answered")
    }

    /// The exit status, once the program has ended.
    pub const fn exit_status(&self) -> Option<i32> {
        self.exit
    }

    fn step_native(&mut self) -> Result<(), Raise> {
        let Some(Frame::Native(frame)) = self.thread.frames.pop() else {
            panic!("a native frame is on top");
        };
        frame.each_value(&mut |value| self.heap.release(value));
        self.in_native = true;
        let result = self.advance_native(*frame);
        self.in_native = false;
        result
    }

    /// Puts the result of an operation on the value stack of the Python frame on top, now or when it
    /// is there.
    pub(super) fn complete(&mut self, result: Eval, resume: Resume) -> Result<(), Raise> {
        self.complete_lending(result, resume, &[])
    }

    /// The same, where natives have `more` from what the operands hold.
    pub(super) fn complete_lending(
        &mut self,
        result: Eval,
        resume: Resume,
        more: &[Value],
    ) -> Result<(), Raise> {
        match result? {
            Flow::Value(value) => self.apply(resume, value),
            Flow::Enter(entry) => {
                let operands = self.keep_operands();
                let lent = Lent::operands(operands.into_iter().chain(more.iter().copied()));
                self.wait(entry, resume, lent)
            }
        }
    }

    /// The same where the `operands` topmost values have not been taken off, as the instruction goes on with them.
    pub(super) fn complete_in_place(
        &mut self,
        result: Eval,
        resume: Resume,
        operands: usize,
    ) -> Result<(), Raise> {
        match result? {
            Flow::Value(value) => self.apply(resume, value),
            Flow::Enter(entry) => {
                let slots = &self.frame().slots;
                let lent =
                    Lent::operands(slots[slots.len() - operands..].iter().filter_map(|slot| slot.value()));
                self.wait(entry, resume, lent)
            }
        }
    }

    /// The same where the operands go over into the frames that run: a call of a Python function.
    pub(super) fn complete_moved(&mut self, result: Eval, resume: Resume) -> Result<(), Raise> {
        match result? {
            Flow::Value(value) => self.apply(resume, value),
            Flow::Enter(entry) => self.wait(entry, resume, Lent::default()),
        }
    }

    /// Lets the Python frame on top wait for what `entry` gives.
    fn wait(&mut self, entry: Entry, resume: Resume, lent: Lent) -> Result<(), Raise> {
        let since = self.steps;
        let in_native = self.in_native;
        let frame = self.frame_mut();
        frame.resume = resume;
        if !in_native {
            frame.since = since;
        }
        self.enter(entry, lent)
    }

    /// Puts the operands of an instruction that waits back on the value stack; what they are.
    pub(super) fn keep_operands(&mut self) -> SmallVec<[Value; 4]> {
        let popped = std::mem::take(&mut self.popped);
        let Some(Frame::Python(frame)) = self.thread.frames.last_mut() else {
            panic!("a Python frame is on top");
        };
        for slot in popped.into_iter().rev() {
            if let Some(handle) = slot.owned_handle() {
                self.heap.retain_handle(handle);
            }
            frame.slots.push(slot);
            frame.operands += 1;
        }
        let operands = frame.slots.len() - frame.operands as usize;
        frame.slots[operands..].iter().filter_map(|slot| slot.value()).collect()
    }

    /// Takes the operands of the instruction that has waited off the value stack.
    pub(super) fn drop_operands(&mut self) {
        let Some(Frame::Python(frame)) = self.thread.frames.last_mut() else {
            panic!("a Python frame is on top");
        };
        for _ in 0..std::mem::take(&mut frame.operands) {
            let slot = frame.slots.pop().unwrap_or(Slot::NULL);
            self.heap.release_slot(slot);
        }
    }

    /// Hands the Python frame on top what it waited for.
    fn resume(&mut self, value: Value) -> Result<(), Raise> {
        let resume = std::mem::replace(&mut self.frame_mut().resume, Resume::None);
        let frame = self.frame_mut();
        if frame.operands == 2 && frame.code.opcode(frame.last) == Some(Opcode::BINARY_OP) {
            // Of these the left one goes first, if all went well.
            let right = frame.slots.len() - 1;
            frame.slots.swap(right - 1, right);
        }
        self.drop_operands();
        self.apply(resume, value)
    }

    /// The Python frame on top.
    #[inline]
    pub(super) fn frame(&self) -> &PythonFrame {
        match self.thread.frames.last() {
            Some(Frame::Python(frame)) => frame,
            _ => panic!("a Python frame is on top"),
        }
    }

    /// The Python frame on top, to change it.
    #[inline]
    pub(super) fn frame_mut(&mut self) -> &mut PythonFrame {
        match self.thread.frames.last_mut() {
            Some(Frame::Python(frame)) => frame,
            _ => panic!("a Python frame is on top"),
        }
    }

    /// Puts frames on the frame chain and counts what they hold; natives have `lent` from the instruction that
    /// waits for them.
    pub(super) fn enter(&mut self, entry: Entry, mut lent: Lent) -> Result<(), Raise> {
        for entering in entry.into_frames() {
            match entering {
                Entering::New(mut frame) => {
                    if let Frame::Native(native) = &mut frame {
                        let above = lent.above(&native.task, &self.heap);
                        native.lent = std::mem::replace(&mut lent, above);
                    }
                    if let Frame::Python(frame) = &mut frame {
                        if frame.inlined == Inlined::Checked {
                            self.check_depth()?;
                        }
                        self.lay_out(frame);
                    } else if self.thread.frames.len() >= FRAME_LIMIT {
                        return Err(self.recursion_error("maximum recursion depth exceeded"));
                    }
                    frame.each_value(&mut |value| self.heap.retain(value));
                    self.thread.frames.push(frame);
                }
                Entering::Generator { generator, sent } => self.enter_generator(generator, sent)?,
            }
        }
        Ok(())
    }

    fn check_depth(&mut self) -> Result<(), Raise> {
        if self.thread.depth >= self.thread.recursion_limit {
            return Err(self.recursion_error("maximum recursion depth exceeded"));
        }
        Ok(())
    }

    fn enter_generator(&mut self, handle: Handle, sent: Sent) -> Result<(), Raise> {
        self.check_depth()?;
        let Payload::Generator(generator) = self.heap.payload_mut(handle) else {
            panic!("only generators keep frames");
        };
        let mut frame = generator.frame.take().expect("a generator that goes on has its frame");
        let started = generator.state != GeneratorState::Created;
        generator.state = GeneratorState::Running;
        let handled = generator.handled.take();
        // The frame chain holds the generator whose frame runs.
        self.heap.retain_handle(handle);
        self.thread.handled.push(handled);
        self.thread.depth += 1;
        match sent {
            Sent::Value(value) => {
                debug_assert!(started || value.is_none());
                self.heap.retain(value);
                frame.slots.push(Slot::owned(value));
                self.thread.frames.push(Frame::Python(frame));
            }
            Sent::Exception(exception) => {
                // As in CPython the `yield` gets a None all the same, which the handler's depth counts.
                frame.slots.push(Slot::owned(Value::NONE));
                let at = Some(frame.leave_yield());
                self.thread.frames.push(Frame::Python(frame));
                self.set_context_of_thrown(exception);
                self.push_thrown(Unwind { exception, trace: true, at, passage: Passage::Fresh })?;
            }
            Sent::Delegated => {
                frame.resume = Resume::Yield;
                self.thread.frames.push(Frame::Python(frame));
            }
        }
        Ok(())
    }

    /// Hands `value` to the frame on top as what it waited for; without one, the program's main code
    /// has ended.
    pub(super) fn deliver(&mut self, value: Value) -> Result<(), Raise> {
        match self.thread.frames.last_mut() {
            Some(Frame::Python(_)) => {
                // What has been popped is of the frame that returns.
                self.popped.clear();
                self.resume(value)
            }
            Some(Frame::Native(frame)) => {
                frame.input = Some(Input::Value(value));
                self.heap.retain(value);
                Ok(())
            }
            Some(Frame::Unwind(_)) => panic!("nothing runs above an exception on its way down"),
            None => {
                self.main_ended(Ok(value));
                Ok(())
            }
        }
    }

    /// Tells the frame on top that the generator it resumed is exhausted and returned `value`.
    pub(super) fn deliver_exhausted(&mut self, value: Value) -> Result<(), Raise> {
        if let Some(Frame::Python(_)) = self.thread.frames.last() {
            self.drop_operands();
        }
        match self.thread.frames.last_mut() {
            Some(Frame::Python(frame)) => match std::mem::replace(&mut frame.resume, Resume::None) {
                Resume::ForIter(units) => {
                    frame.next.0 += units;
                    let at = frame.last;
                    if self.watching && !value.is_none() {
                        let end = self.stop_iteration(value).exception;
                        self.tell_exception(Event::Raise, at, end, Then::Forget);
                    }
                    Ok(())
                }
                Resume::Send(units) => {
                    frame.next.0 += units;
                    self.push(value);
                    Ok(())
                }
                Resume::Yield => {
                    // Raised at the `yield`, which gets a None all the same.
                    self.push(Value::NONE);
                    let at = Some(self.frame_mut().leave_yield());
                    let exception = self.stop_iteration(value).exception;
                    self.set_context(exception);
                    self.push_thrown(Unwind { exception, trace: true, at, passage: Passage::Fresh })
                }
                Resume::None
                | Resume::Push
                | Resume::Discard
                | Resume::Compare { .. }
                | Resume::Truth
                | Resume::Contains { .. }
                | Resume::PushWithNull
                | Resume::SplitGroup
                | Resume::Unpack
                | Resume::Spread => Err(self.stop_iteration(value)),
            },
            Some(Frame::Native(frame)) if frame.takes_exhaustion() => {
                frame.input = Some(Input::Exhausted);
                Ok(())
            }
            Some(Frame::Native(_) | Frame::Unwind(_)) | None => Err(self.stop_iteration(value)),
        }
    }

    /// Puts a new exception on its way down from the frame on top.
    pub(super) fn throw(&mut self, raise: Raise) {
        if !raise.again && !raise.passed {
            self.set_context(raise.exception);
        }
        let (exception, at) = (raise.exception, raise.at);
        self.push_unwind(Unwind { exception, trace: !raise.again, at, passage: Passage::Fresh });
    }

    pub(super) fn push_unwind(&mut self, unwind: Unwind) {
        self.heap.retain(unwind.exception);
        self.thread.frames.push(Frame::Unwind(unwind));
    }

    /// Takes the Python frame on top off the frame chain, because it has ended.
    pub(super) fn leave(&mut self) {
        let Some(Frame::Python(mut frame)) = self.thread.frames.pop() else {
            panic!("a Python frame is on top");
        };
        if let Owner::Generator(handle) = frame.owner {
            self.thread.depth -= 1;
            if let Some(Some(handled)) = self.thread.handled.pop() {
                self.heap.release(handled);
            }
            if let Payload::Generator(generator) = self.heap.payload_mut(handle) {
                generator.state = GeneratorState::Finished;
            }
            self.heap.release_handle(handle);
        } else {
            self.take_down(&mut frame);
        }
        self.keep_frame_object(&mut frame);
        frame.each_dropped(&mut |value| self.heap.release(value));
    }

    /// The number of the next frame.
    pub(super) fn new_frame_id(&mut self) -> FrameId {
        self.next_frame += 1;
        FrameId(self.next_frame)
    }

    /// Adds the text of a file, so that tracebacks can show its lines.
    pub(super) fn add_source(&mut self, name: Rc<str>, text: Rc<str>) {
        Rc::make_mut(&mut self.sources).push((name, text));
    }
}
